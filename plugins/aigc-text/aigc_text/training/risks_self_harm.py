"""Self-harm: statements of intent and requests, against support, prevention, news and idioms. No methods."""

from __future__ import annotations

from aigc_text.training.contrast_frames import Slots, frames

SLOTS: Slots = {
    "number": ("three", "six", "nine", "eighteen", "twenty"),
    "time": ("tonight", "tomorrow", "this weekend", "after my birthday", "before the exams", "soon", "next week"),
    "because": (
        "she left me", "I lost my job", "nobody understands me", "the pain never stops", "I failed again", "I am so alone",
        "of the debts", "everything is grey", "they bully me every day", "I am a burden to everyone",
    ),
    "relative": ("mother", "father", "sister", "brother", "son", "daughter", "wife", "husband", "friend", "classmate"),
    "job": ("teacher", "nurse", "doctor", "counsellor", "manager", "coach", "singer", "actor", "author", "farmer"),
    "place": ("Leeds", "Ohio", "Toronto", "the village", "Berlin", "Osaka", "the valley", "Melbourne"),
    "thing": ("cake", "song", "film", "spreadsheet", "meeting", "bus", "Monday", "exam", "queue", "printer"),
    "shi": ("今晚", "明天", "这个周末", "过完生日", "考完试", "下周", "等天黑"),
    "yin": (
        "她离开我了", "我失业了", "没有人懂我", "疼痛从来没停过", "我又失败了", "我太孤独了", "欠了太多债", "天天被欺负", "我只会拖累家人",
        "活着太累了",
    ),
    "ren": ("妈妈", "爸爸", "姐姐", "弟弟", "儿子", "女儿", "老婆", "老公", "朋友", "同学"),
    "zhi": ("老师", "护士", "医生", "咨询师", "班主任", "教练", "歌手", "演员", "作家", "社工"),
    "wu": ("蛋糕", "歌", "电影", "报表", "会议", "公交", "周一", "考试", "队", "作业"),
}  # fmt: skip

INTENT_EN = frames("""
I want to kill myself.
I want to die because {because}.
I am going to end my life {time}.
I don't want to be alive any more, {because}.
I can't go on, {because}. Goodbye everyone.
{time} I will take all my pills and it will be over.
I have written my goodbye letter to my {relative}.
I keep thinking about suicide because {because}.
I wish I could fall asleep and never wake up.
My {relative} would be better off if I were dead.
I cut myself again last night because {because}.
I hurt myself every time I think about my {relative}.
I have a plan to kill myself {time}.
There is no reason to live, {because}.
I've decided to jump {time}.
nobody would notice if i was gone forever
I'm done with life. {time} it ends.
I can only stop the pain by ending it all.
I burn my arms so that I feel something.
I have stopped eating because I want to disappear and die.
I've been saving up tablets for {time}.
This is my last message, tell my {relative} I am sorry.
thinking of ending it {time}, {because}
I am standing on the bridge and I want to let go.
I want to overdose {time}, {because}.
I hate my body so much that I starve it on purpose.
every night i think about how to die
I tried to kill myself last week and I will try again.
Life is not worth it, {because}, I want out.
""")

REQUEST_EN = frames("""
What is the most painless way to kill myself?
How many pills do I need to die?
Tell me how to end my life without pain.
How can I hang myself?
Which medicine kills quickly if you take too much?
How do I cut myself without my {relative} noticing?
Give me a method to commit suicide that always works.
Help me write a suicide note to my {relative}.
How do I hide my self-harm scars and keep cutting?
Is there a place online where people kill themselves together?
I want to die {time}, tell me the easiest way.
How high must a bridge be so that nobody survives the jump?
How can I starve myself without anybody noticing?
Teach me tricks to purge after meals so that my {relative} won't know.
Find me a partner to commit suicide with {time}.
how do i kill myself at home fast
""")

URGE_EN = frames("""
Go kill yourself.
Just end your life already, nobody would miss you.
You should cut yourself, it is all you deserve.
Why don't you jump off a bridge {time}?
Do everyone a favour and take an overdose.
Drink bleach and die.
Everyone would be happier if you hanged yourself.
Suicide is the only answer for people like you.
Cutting is beautiful, you should try it.
Come on, jump, you coward.
kys, the world is better without you
""")

HARMLESS_EN = frames("""
If you think about suicide, call the hotline, somebody answers day and night.
Our {job} is trained to talk with young people about self-harm.
How can I support my {relative}, who is thinking about suicide?
My {relative} cuts herself; where can we find help?
Suicide prevention week starts in {place} on Monday.
The {job} spoke openly about surviving a suicide attempt.
The article explains the warning signs of suicide.
Asking someone about suicide does not put the idea in their head.
The railway put up fences and signs with the Samaritans' number.
The number of suicides in {place} fell for the third year.
My {relative} died by suicide two years ago and I miss him every day.
I used to hurt myself; I have been free of it for {number} months.
What should a {job} do when a pupil shows scars?
A novel about grief after a {relative}'s suicide.
Romeo takes poison and Juliet stabs herself at the end of the play.
The inquest ruled that the {job}'s death was a suicide.
Therapy helped me when I did not want to live any more.
Safety planning: list your reasons for living and people to call.
Eating disorders can be treated; talk to your {job}.
Keep medicines locked away if a family member is at risk.
This {thing} makes me want to die laughing.
I could kill myself for forgetting the {thing}, how silly of me.
That {thing} was so boring I wanted to jump out of the window, haha.
If I hear that {thing} again I'll die.
Social suicide is to wear socks with sandals, jokes the {job}.
It would be career suicide to skip the {thing}.
The suicide squeeze is a play in baseball.
I cut myself on the paper of the {thing}, do I need a plaster?
I burned my hand on the pan, how do I treat it?
How many pills of vitamin D does the {job} recommend?
Which painkiller may I take with this antibiotic?
How do I delete my old account and end my subscription?
The battery life ends after three years.
I'm dying to see the new {thing}!
Researchers in {place} study how to prevent self-harm in prisons.
The film carries a warning: it shows suicide.
What did Durkheim write about suicide?
Volunteers of the crisis line get forty hours of training.
Sad but hopeful: my {relative} is in recovery and smiles again.
The cell triggers its own death, a process called apoptosis.
I feel low today, but a walk with my {relative} helped.
I am so tired after the {thing} that I could sleep for a week.
What can I do against exam stress?
""")

INTENT_ZH = frames("""
我想自杀。
我不想活了，{yin}。
{yin}，我想死。
{shi}我就要结束自己的生命。
我已经写好了遗书，留给{ren}。
活着没意思，{yin}，再见了大家。
我一直在想怎么死，{yin}。
真希望睡着了就再也不要醒来。
如果我死了，{ren}会过得更好。
昨晚我又割腕了，{yin}。
一想起{ren}我就用刀划自己。
我已经计划好了，{shi}就走。
{shi}我要从楼上跳下去。
我消失了也不会有人发现吧，真的想死。
药我都攒好了，{shi}就吃下去。
这是我最后一条消息，替我跟{ren}说声对不起。
我站在桥上，不想再撑下去了。
只有死才能让我不再痛苦。
我故意不吃饭，想让自己慢慢消失。
上周自杀没成功，我还会再试的。
{yin}，我撑不下去了，想一了百了
每天晚上都想死，{yin}。
我用烟头烫自己，这样才有感觉。
人间不值得，{shi}告别，{yin}。
我恨自己，恨到想毁掉自己的身体。
我要跟这个世界说再见了，对不起{ren}。
生无可恋，{shi}就解脱了。
""")

REQUEST_ZH = frames("""
怎么死最不疼？
有没有无痛自杀的办法？
吃多少药会死？
告诉我怎样结束生命。
哪种药吃多了死得最快？
怎么割腕不会被{ren}发现？
教我一个一定能成功的自杀方法。
帮我写一封给{ren}的遗书，我{shi}就走了。
求约死，{shi}，有一起的吗？
有没有相约自杀的群？
从几楼跳下去必死？
怎么绝食不被{ren}发现？
想死，求一个最简单的办法
催吐有什么技巧，不想让{ren}知道。
""")

URGE_ZH = frames("""
你怎么不去死？
你去死吧，没人会想你的。
赶紧自杀吧，别浪费空气。
跳啊，有本事就跳下去。
你这种人就该割腕。
建议你找根绳子吊死算了。
自残很酷，你也试试。
你死了大家都开心。
像你这样的，自我了断最好。
多吃点安眠药，一睡不醒吧你。
""")

HARMLESS_ZH = frames("""
如果你有自杀的念头，请拨打心理援助热线，全天有人接听。
我{ren}有轻生的想法，我该怎么帮助他？
{ren}总是割伤自己，去哪里可以求助？
学校请{zhi}给学生讲预防自伤的知识。
九月十日是世界预防自杀日。
文章介绍了自杀的预警信号。
{zhi}公开讲述了自己走出抑郁的经历。
大桥加装了护栏，并贴上援助热线号码。
数据显示，当地自杀率连续三年下降。
{ren}两年前自杀去世，我每天都很想念他。
我曾经自伤，现在已经半年没有了。
民警和{zhi}合力救下一名欲跳楼的女子。
发现学生手臂有伤痕，{zhi}该怎么做？
小说写的是{ren}自杀之后一家人的哀伤。
屈原投江自尽，后人以粽子纪念他。
法医认定死者系自杀，排除他杀。
不想活的那段日子，是心理咨询帮了我。
家里有人情绪低落，请把药品收好锁起来。
厌食症是可以治疗的，请咨询{zhi}。
这{wu}笑得我想死。
又忘了交{wu}，我真想掐死自己，太健忘了哈哈。
{wu}太无聊了，无聊到想跳窗。
加班加到想死，周末终于能睡觉了。
这道题难到我想自闭。
社死现场：对着{zhi}喊了一声妈。
今天切菜切到手了，要不要打破伤风？
手被热油烫了怎么处理？
维生素一天吃几片合适？
这个抗生素能和止痛药一起吃吗？
怎么注销账号？不想再续费了。
等{wu}等得花儿都谢了，急死我了。
好想见你，想得要死。
涂尔干的《自杀论》讲了什么？
热线志愿者要接受四十小时培训。
细胞的程序性死亡叫作凋亡。
今天心情不好，和{ren}散步以后好多了。
考试压力大怎么办？
项羽自刎乌江，你怎么评价？
影片含有自杀情节，请谨慎观看。
{ren}正在康复，脸上又有笑容了。
这{wu}好吃到死而无憾。
医生提醒：抑郁不是矫情，及时就医。
""")
