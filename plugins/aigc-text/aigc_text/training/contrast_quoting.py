"""Whole abusive sentences quoted: to report, to condemn or to ask about (harmless), and to endorse (abuse).

``{abuse}`` takes a sentence made from the frames of abuse when training runs, without its full stop.
"""

from __future__ import annotations

from aigc_text.training.contrast_frames import frames

REPORTED_EN = frames("""
He wrote "{abuse}" under my photo, so I blocked him.
"{abuse}", the man yelled, and the driver stopped the bus.
How do I report a comment like "{abuse}"?
The post said "{abuse}"; it was removed after an hour.
Someone sprayed "{abuse}" on the wall of the youth club, and pupils painted over it.
Is "{abuse}" against the rules of this forum?
My daughter got a message saying "{abuse}" and has not slept since.
The club was fined because fans chanted "{abuse}".
"{abuse}" is exactly the kind of sentence we never want to read here.
Nobody should have to hear "{abuse}" at work.
The judge read the message aloud: "{abuse}". The accused looked at the floor.
I apologise for having said "{abuse}"; I was wrong.
In the second act the villain says "{abuse}" and the whole theatre goes silent.
A witness remembers the words "{abuse}".
She answered "{abuse}" with a smile and a link to the code of conduct.
Label the sentence "{abuse}" as hateful or not hateful.
Why is it hurtful to say "{abuse}"?
The leaflet with the line "{abuse}" is now evidence in court.
An email that begins with "{abuse}" goes straight to HR.
Example of a violation: "{abuse}".
They said "{abuse}" to my {relative}, and my {relative} still shook their hand.
Please remove the review that says "{abuse}".
When I hear "{abuse}", I leave the table.
A teacher asks: what would you do if a classmate said "{abuse}"?
I was eight when somebody first told me "{abuse}". I still remember it.
Years ago graffiti such as "{abuse}" was common here; today there is a mural.
""")

ENDORSED_EN = frames("""
"{abuse}", and I mean it.
Somebody finally said it: {abuse}.
My {relative} always says "{abuse}" and he is right.
I'm not prejudiced, but {abuse}.
Call me what you like: {abuse}.
Unpopular opinion: {abuse}.
No offence, but {abuse}.
Say it louder: {abuse}!
Like my {relative} used to say, {abuse}.
They can ban me again, {abuse}.
Everyone thinks it, I say it: {abuse}.
with all due respect, {abuse}
"{abuse}"
Let's be honest, {abuse}.
Delete this if you want, {abuse}.
I don't hate anyone, it's just that {abuse}.
He may be a good {job}, but {abuse}.
Science proves it: {abuse}.
Nice weather today. {abuse}.
Thanks for nothing. {abuse}.
""")

REPORTED_ZH = frames("""
他在我照片下面留言“{abuse}”，我把他拉黑了。
“{abuse}”，那人大喊，司机把车停了下来。
“{abuse}”这样的评论怎么举报？
帖子里写着“{abuse}”，一小时后被删除了。
有人在活动中心墙上喷了“{abuse}”，学生们把它刷掉了。
“{abuse}”违反论坛规定吗？
女儿收到一条“{abuse}”的消息，好几天睡不着觉。
球迷高喊“{abuse}”，俱乐部被罚款。
“{abuse}”，这种话我们一句都不想再看到。
上班时不该有人听到“{abuse}”这样的话。
法官当庭念出了那条消息：“{abuse}”，被告低下了头。
我为自己说过“{abuse}”道歉，是我错了。
第二幕里反派说出“{abuse}”，全场安静了。
目击者记得当时的原话是“{abuse}”。
请判断“{abuse}”这句话是否属于仇恨言论。
为什么说“{abuse}”会伤人？
印着“{abuse}”的传单成了法庭证据。
以“{abuse}”开头的邮件一律转给人事处理。
违规示例：“{abuse}”。
他们对我{relative}说“{abuse}”，{relative}却没有还口。
麻烦删除写着“{abuse}”的那条评价。
一听到“{abuse}”，我起身就走。
老师问：如果同学说“{abuse}”，你会怎么做？
八岁时第一次有人对我说“{abuse}”，到现在还记得。
微博上一句“{abuse}”，换来的是公开道歉和停职。
“{abuse}”？这种话我不同意，也请你收回。
""")

ENDORSED_ZH = frames("""
“{abuse}”，这话我说的。
终于有人说了实话：{abuse}。
我{relative}常说“{abuse}”，说得太对了。
不是我有偏见，{abuse}。
随便你们怎么喷，{abuse}。
不怕得罪人，{abuse}。
无意冒犯，但是{abuse}。
大声说出来：{abuse}！
正如我{relative}说的，{abuse}。
封号我也要说，{abuse}。
大家心里都这么想，我替你们说：{abuse}。
恕我直言，{abuse}。
“{abuse}”
说句公道话，{abuse}。
我不讨厌谁，可是{abuse}。
事实证明，{abuse}。
今天天气不错，{abuse}。
楼上说得对，{abuse}。
早就跟你们讲过，{abuse}。
懂的都懂，{abuse}。
""")
