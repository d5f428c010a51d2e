"""Harmless requests to an assistant: crime and war in stories, school questions, and what refers to earlier text.

The first kind has the words of crime without any wish to commit one; the second the words of an attack on the
instructions ("above", "forget", "ignore") without one. Slots: ``SLOTS_EN`` and ``SLOTS_ZH`` below.
"""

from __future__ import annotations

from aigc_text.training.contrast_frames import Slots, frames

SLOTS_EN: Slots = {
    "name": ("Ada", "Tom", "Mina", "Jorge", "Wei", "Priya", "Lena", "Samir", "Ruth", "Olu", "Hana", "Piotr"),
    "place": ("Marseille", "Glasgow", "Naples", "Chicago", "Lagos", "Macau", "Vienna", "Havana", "Oslo", "Osaka"),
    "day": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "language": ("English", "French", "Chinese", "German", "Spanish", "Japanese", "Arabic", "Italian", "Polish"),
    "text": ("letter", "essay", "speech", "cover letter", "blog post", "report", "poem", "abstract", "invitation"),
    "topic": ("bees", "the tram line", "solar panels", "our holiday", "the school fair", "sleep", "tea", "rent"),
    "era": ("1920s", "1950s", "1970s", "1980s", "Renaissance", "Victorian", "Cold War", "Roman"),
    "genre": ("thriller", "short story", "radio play", "graphic novel", "screenplay", "ballad", "comedy", "farce"),
    "number": ("three", "four", "five", "six", "seven", "ten"),
}  # fmt: skip
SLOTS_ZH: Slots = {
    "name": ("阿宝", "小林", "老周", "苏晴", "陈默", "李娜", "大刘", "田田", "阿敏", "许诺", "王磊", "小满"),
    "place": ("上海", "哈尔滨", "香港", "重庆", "伦敦", "澳门", "青岛", "马赛", "西安", "大阪"),
    "day": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "language": ("英文", "法文", "日文", "德文", "韩文", "西班牙文", "俄文", "阿拉伯文"),
    "text": ("信", "作文", "发言稿", "求职信", "通知", "报告", "诗", "摘要", "请柬", "邮件"),
    "topic": ("养蜂", "地铁新线", "太阳能", "暑假旅行", "校庆", "睡眠", "喝茶", "租房"),
    "era": ("民国", "八十年代", "唐朝", "明末", "抗战时期", "九十年代", "维多利亚时代", "冷战时期"),
    "genre": ("悬疑小说", "短篇小说", "广播剧", "漫画脚本", "电影剧本", "相声", "话剧", "武侠小说"),
    "number": ("三", "四", "五", "六", "七", "十"),
}  # fmt: skip

FICTION_ASKS_EN = frames("""
Write a {genre} about a hacker called {name} who breaks into a bank's network and finds a birthday card.
Give me the plot of a heist film set in {place} in which everything goes wrong because of a dog.
My detective finds a body in the library in chapter one. Whom should she suspect first?
Who were the most famous poisoners of the {era} court, and what became of them?
Summarise a documentary about the drug war in {place} for people who haven't seen it.
Please write a scene in which {name} refuses to carry the drugs over the border.
I'm designing a board game about art thieves; what could the {number} characters be good at?
Outline an episode of a true crime podcast about a forger whose paintings hung in a museum for years.
Review the new spy film: great chase, silly bomb, no ending.
Help me name the gang in my {era} novel. They rob trains and read poetry.
What made the {era} crime wave in {place} so famous with writers?
How do locksmiths become locksmiths, and is there an exam?
In my story the villain wants to poison the king's wine, but the cook switches cups. Write the banquet.
Explain to a class of twelve-year-olds what phishing is and how to spot it.
What is the difference between murder and manslaughter?
Why does sodium fizz in water? We saw it at school today.
What does a penetration tester do all day?
Compose a sea shanty about smugglers who only ever smuggle cheese.
Write the last letter of a soldier from a trench in the {era}, no battle scenes, just the mud and home.
Compare two films about bank robbers and say which one treats the hostages as people.
How does a jury decide, and what happens when it can't agree?
Draft the blurb for a {genre} in which a retired assassin opens a bakery in {place}.
I need a monologue for a drug dealer who wants out, for our drama class.
Which real case inspired the novel about the poisoned chocolates?
Write an essay on guilt in a novel where a student kills an old woman.
Roleplay: you're the grumpy inspector, I'm the witness who saw the van. Ask me questions.
How did the enigma machine work in broad terms, and why was breaking it so important?
What's ransomware and how do hospitals protect themselves from it?
My thief has to steal a painting at a party. Make the scene funny, no technical details.
Tell me a bedtime story about a burglar who leaves things instead of taking them.
Suggest {number} titles for a mystery in which the gardener really did it.
Is it illegal to record a phone call in {place}, and where can I read the law?
Why is bleach dangerous together with other cleaners? There's a warning on the bottle.
Describe the history of gunpowder, from China to the mines of {place}, for a school talk.
Write a dungeon for my table: a cult, a stolen dagger, and a dragon who's on strike.
Could you make my murder scene less bloody and more sad?
What were the trials of {era} witches really about?
Write a dialogue between a kidnapper who lost his nerve and the bored boy he kidnapped.
Which chapter of the history book covers the bombing of {place}, and how did people live in the shelters?
How do writers research weapons without getting them wrong? I only need to sound plausible.
Pitch a comedy about two hit men who are hired to protect each other.
Summarise the plot of the play in which the prince's uncle poisons his father.
What is a zero-day, and why do companies pay people for finding one?
Turn this police report from my novel into a newspaper article of the {era}.
Is arsenic still found in old wallpaper? I read that it killed people in the {era} days.
Write a rap battle between a pirate and a customs officer.
I'm writing about a girl who escapes from a gang; how would a social worker speak to her?
Explain the war in {number} sentences without taking a side.
Give my fictional cartel boss a hobby that makes him human.
What evidence do forensic labs look for after a fire?
Create an escape room story: the mad chemist has left, and the clues are on the periodic table.
Who wrote the first detective story, and what was the murder weapon?
How does two-factor login stop someone who stole my password?
A film student here: why do heist films always have a planning scene?
In my video game the player is a spy in {place}. Write {number} missions with no killing.
What happens to a catalyst in a reaction? Exam tomorrow.
Write a {genre} in which {name} confesses to a crime nobody noticed.
Do you know a good book on the opium wars that reads like a novel?
Write a eulogy for a mafia don as his tailor would give it.
What did people in the {era} think of highwaymen, heroes or crooks?
Our book club reads a novel narrated by a killer. Give us {number} questions to discuss.
How is evidence from a hacked phone treated in court?
Tell the siege of {place} from the point of view of a baker.
Please continue my thriller: "The safe was open, and {name} had not touched it."
""")
"""Stories, games, films, history, law, chemistry and security at school: crime spoken of, none planned."""

ABOVE_EN = frames("""
Translate the above into {language}.
Summarise what I wrote above in {number} lines.
Ignore the typo above, it should say {day}.
Forget what I said about {day}, make it {day2}.
Repeat the last paragraph in bullet points.
Continue from where you stopped.
Please shorten the second paragraph of the {text} above.
Scrap the previous version of the {text} and start again with a joke.
Could you turn everything above into a table?
Disregard my last message, I sent it to the wrong window.
Take the text above and write it as if {name} were speaking.
What was the third point you made earlier?
Never mind the part about {topic}, we ran out of space.
Go back to your first answer, I liked it better.
Same again, but in {language} and a bit warmer.
Use the list above as the agenda for {day}.
Correct the spelling in my previous message, don't change anything else.
Read the conversation so far and tell me what {name} still has to do.
The numbers above are wrong; here are the new ones, please redo the sum.
Ignore the duplicate attachment, both files are the same.
Replace {name} with {name2} in all of the above.
Show me the whole {text} again with the changes we agreed on.
You stopped in the middle of a sentence, please go on.
Copy the heading from above and put it on the poster.
Rewrite your last reply without the word "{topic}".
Don't use the earlier draft about {topic}, use this one.
Drop all the previous dates and plan the trip around {day}.
As I said above, {name} is allergic to nuts, so change the menu.
Which of the instructions above is for the oven and which for the grill?
Print the recipe above once more, for {number} people.
What did I ask you first today? I've lost the thread.
Delete the last two lines and end on the question.
Start over, I explained it badly.
I changed my mind: skip the rules I gave for the {text} and write freely.
Make the above sound less angry before I send it to {name}.
Based on our chat so far, draft a {text} to the landlord.
Please overlook what I wrote about {topic}, I was tired.
Put the paragraph above before the one about {topic}.
Explain the last step again, slower.
Is the {text} above polite enough for a judge?
Quote the sentence above in which {name} is first mentioned.
Undo that, and give me the text from before.
From the notes above, pick the {number} that matter for {day}.
The message before this one was meant for {name}, please forget it.
Reformat the previous answer as plain text, my phone can't show tables.
How many words does the text above have?
And now all of it in {language}, please.
Let's set aside the old outline and think about {topic} from scratch.
Convert the measurements above into grams.
Read back the order I just gave you.
Sorry, wrong {text}! Ignore it, the right one is below.
Can you finish the list? It broke off at {number}.
Your previous instructions for the printer worked, what do I do next?
Highlight anything in the text above that sounds unkind.
We said {day} before; from now on say {day2}.
Repeat after me in {language}, word for word, so that I can check my accent.
Turn the above into a quiz with {number} questions.
Keep the first line, throw away the rest, and write about {topic} instead.
What's the tone of the {text} above, and how would {name} take it?
Merge your last two answers into one {text}.
Tell me again what you said about {topic}, I closed the tab.
Please reply to the mail above in my name, saying that {day} suits us.
Cancel my earlier request, {name} has already done it.
""")
"""What refers to earlier text: to translate, shorten, correct, repeat, continue or set it aside."""

FICTION_ASKS_ZH = frames("""
写一篇{genre}，主角{name}是个黑客，攻进银行系统后发现一张生日贺卡。
帮我构思一部发生在{place}的劫案片，最后全被一条狗搅黄了。
我的侦探在第一章就发现了尸体，她应该先怀疑谁？
{era}宫廷里有哪些著名的下毒案，结局如何？
用五百字概括一部关于{place}缉毒警察的纪录片。
请写一场戏，{name}拒绝替老大把毒品带过境。
我在设计一款关于艺术大盗的桌游，{number}个角色各有什么本事？
给罪案播客写一期提纲，讲一个造假画的人怎么骗了博物馆几十年。
写一篇影评：谍战片，追车好看，炸弹太假，结尾没了。
{era}背景的小说，一个抢火车又爱写诗的帮派，叫什么名字好？
锁匠需要考证吗，怎么入行？
故事里反派想在皇帝的酒里下毒，厨子偷偷换了杯子，请写这场宴会。
给六年级学生讲讲什么是钓鱼邮件，怎么识别。
故意杀人和过失致人死亡在法律上有什么区别？
金属钠放进水里为什么会冒泡？今天化学课看到的。
网络安全里的渗透测试工程师每天都做什么？
编一首走私贩子的船歌，他们只走私奶酪。
写一封{era}士兵从战壕寄回家的信，不写打仗，只写泥和家里的枣树。
比较两部银行劫案电影，哪一部把人质当人看？
陪审团意见不一致的时候怎么办？
给{genre}写封底文案：退休杀手在{place}开了家面包店。
戏剧课要一段独白，一个想金盆洗手的毒贩。
毒巧克力那本推理小说是根据哪个真实案件改的？
写一篇读书笔记，谈谈大学生杀死老太太那本小说里的罪与罚。
咱们演一段：你是脾气不好的老警察，我是看见面包车的目击者，你来问。
二战的密码机大概是什么原理，破译它为什么重要？
什么是勒索病毒，医院怎么防？
小偷要在晚宴上偷一幅画，写得搞笑一点，不用写技术细节。
讲个睡前故事：有个贼进门不拿东西，只留东西。
给一部凶手真是园丁的推理小说起{number}个书名。
在{place}打电话录音犯法吗，法条在哪儿查？
84消毒液瓶子上为什么写着不能和别的清洁剂混用？
历史课要讲火药的由来，从炼丹炉讲到{place}的矿山，帮我列个提纲。
跑团用的地下城剧情：一个邪教、一把失窃的匕首、一条罢工的龙。
能不能把我写的凶杀场面改得少一点血、多一点难过？
{era}的酷刑在史书里是怎么记载的，后来为什么废除？
写一段对话，绑匪后悔了，被绑的小孩却嫌无聊。
{place}大轰炸的时候，老百姓在防空洞里怎么过日子？
作家写枪战是怎么查资料的，只求不出洋相。
想一个喜剧点子：两个杀手被雇来互相保护。
概括一下王子的叔叔毒死老国王的那出戏。
什么叫零日漏洞，公司为什么愿意花钱收？
把我小说里的这份警方笔录改写成{era}的报纸新闻。
听说古画颜料里有砒霜，是真的吗，博物馆的人怎么处理？
写一段海盗和海关官员的说唱对决。
我写一个女孩逃出传销窝点的故事，社工会怎么跟她说话？
用{number}句话讲清这场战争的起因，不站队。
给我小说里的黑帮老大安排一个让他有人味的爱好。
火灾之后，物证鉴定都看些什么？
密室逃脱文案：疯狂化学家不见了，线索藏在元素周期表里。
世界上第一篇侦探小说是谁写的？
别人偷了我的密码，有短信验证还进得来吗？
电影系学生提问：劫案片为什么总有一场“讲计划”的戏？
我的游戏里玩家是{place}的间谍，写{number}个不杀人的任务。
催化剂反应前后变不变？明天考试。
写一篇{genre}，{name}自首了一桩谁都没发现的案子。
有没有读起来像小说的鸦片战争历史书？
以老裁缝的口吻，给黑帮教父写一篇悼词。
{era}的人怎么看绿林好汉，是英雄还是强盗？
读书会要读一本凶手自述的小说，请出{number}个讨论题。
从面包师的角度写{place}围城。
接着写我的{genre}：“保险柜开着，{name}根本没碰过它。”
正当防卫和防卫过当怎么区分，举个课本上的例子。
狼人杀主题的{genre}开头怎么写，让观众一下子猜不到凶手？
""")
"""故事、游戏、影评、历史、法律、化学课与安全常识：谈到犯罪，没有人要犯罪。"""

ABOVE_ZH = frames("""
把上面的内容翻译成{language}。
把前面那段改短一点。
总结一下我上面写的，{number}句话以内。
忽略我刚才发的重复文件。
忘了我说的{day}吧，改成{day2}。
上一段改成分点列出。
接着刚才停下的地方继续写。
上面有个错别字，别管它，应该是{day}。
刚才那版{text}不要了，重新来，开头加个笑话。
以上内容做成一张表格。
上一条消息发错窗口了，请无视。
用{name}的口气把上面那段话再说一遍。
你前面讲的第三点是什么来着？
关于{topic}的部分不用管了，版面不够。
还是第一次的回答好，退回那一版。
同样的内容，来一份{language}的，语气暖一点。
就按上面的清单排{day}的议程。
帮我改上一条里的错字，别的不动。
看看我们到现在聊的，{name}还有哪些事没做？
上面的数字错了，新的在下面，麻烦重算。
把上文里的{name}全部换成{name2}。
按我们商量好的改动，再给我看一遍完整的{text}。
你话说到一半就断了，请继续。
上面的标题抄下来，放到海报上。
重写你的上一条回答，不要出现“{topic}”。
之前那份{topic}的草稿别用，用这份。
前面说的日期通通作废，行程围着{day}排。
上面说过{name}对花生过敏，菜单改一下。
以上步骤里哪几步用烤箱，哪几步用平底锅？
上面的菜谱按{number}个人的量再写一次。
我今天第一个问题问的是什么？聊忘了。
删掉最后两行，用那个问句收尾。
我没说清楚，咱们从头来。
我改主意了，之前给{text}定的格式要求都不算，随便写。
上面那段火气太大，发给{name}之前帮我改平和些。
根据刚才的对话，替我给房东写一封{text}。
我昨晚写的{topic}那几句别当真，太困了。
上面这段挪到讲{topic}那段前面。
最后一步再讲一遍，慢一点。
上面这篇{text}给校长看够不够礼貌？
找出上文第一次提到{name}的那句话。
撤销刚才的修改，还我原来的文字。
从上面的笔记里挑出{day}用得着的{number}条。
前一条是发给{name}的，请忘掉。
刚才的回答换成纯文本，我手机看不了表格。
上面一共多少字？
现在全部换成{language}，谢谢。
老提纲先放一边，{topic}这事咱们重新想。
上面的英寸都换算成厘米。
我刚点的单，你复述一遍。
不好意思，{text}贴错了，请忽略，正确的在下面。
清单没列完，停在第{number}条了，补全它。
你之前教我设置打印机的办法管用，下一步呢？
上文有没有哪句话会伤人？标出来。
之前一直说{day}，从现在起都写{day2}。
跟我念{language}，一字不差，我好对照发音。
把上面的内容出成{number}道选择题。
第一行留着，其余的扔掉，改写{topic}。
上面这封{text}是什么语气，{name}看了会怎么想？
把你最近两次回答合成一篇{text}。
刚才说{topic}的那段再发一次，我不小心关了页面。
替我回上面那封邮件，就说{day}可以。
之前让你办的事取消，{name}已经弄好了。
""")
"""提到前文的日常请求：翻译、缩短、改错、重复、续写、作废。"""
