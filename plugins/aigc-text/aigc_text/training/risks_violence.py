"""Threats, incitement and praise of attacks, against news, fiction, games, sport, law and idioms."""

from __future__ import annotations

from aigc_text.training.contrast_frames import Slots, frames

SLOTS: Slots = {
    "who": (
        "you", "him", "her", "them", "that judge", "my neighbour", "my ex", "the teacher", "your family", "your kids",
        "the mayor", "my boss", "those people", "that reporter", "the new guy", "your mother", "everyone there",
    ),
    "hit": ("kill", "shoot", "stab", "beat up", "strangle", "burn", "hurt", "murder", "cripple", "hunt down"),
    "weapon": ("a gun", "a knife", "a bat", "my rifle", "petrol", "a hammer", "an axe", "a brick"),
    "group": (
        "Muslims", "Jews", "Christians", "immigrants", "refugees", "gays", "women", "politicians", "journalists",
        "teachers", "police officers", "foreigners", "Black people", "white people", "protesters", "doctors",
    ),
    "site": ("the school", "the church", "the mosque", "the synagogue", "the office", "the station", "city hall", "the mall"),
    "time": ("tonight", "tomorrow", "after work", "on Friday", "next time I see you", "when you least expect it"),
    "place": ("Leeds", "Ohio", "Lagos", "Berlin", "the north", "the capital", "Mumbai", "the suburbs"),
    "job": ("teacher", "nurse", "farmer", "lawyer", "mayor", "student", "driver", "soldier", "guard", "writer"),
    "game": ("chess", "the game", "level nine", "the arena", "Minecraft", "the campaign", "multiplayer", "the boss fight"),
    "thing": ("cake", "coffee", "burger", "holiday", "shower", "nap", "pizza", "beer"),
    "shei": (
        "你", "他", "她", "他们", "那个法官", "我邻居", "我前女友", "那个老师", "你全家", "你孩子", "我老板", "那个记者", "新来的", "你妈",
    ),
    "qun": ("穆斯林", "犹太人", "外地人", "难民", "同性恋", "女人", "记者", "老师", "警察", "外国人", "黑人", "医生", "日本人", "城管"),
    "qi": ("刀", "枪", "棍子", "汽油", "锤子", "斧头", "砖头", "铁棍"),
    "di": ("学校", "医院", "公司", "车站", "商场", "教堂", "清真寺", "法院", "小区"),
    "shi": ("今晚", "明天", "放学以后", "周五", "下次见面", "后天"),
    "zhi": ("老师", "护士", "农民", "律师", "学生", "司机", "士兵", "保安", "作家", "店主"),
    "youxi": ("王者荣耀", "吃鸡", "这一关", "竞技场", "副本", "我的世界", "剧本杀", "狼人杀"),
    "wu": ("蛋糕", "咖啡", "汉堡", "假期", "火锅", "奶茶", "啤酒", "小龙虾"),
}  # fmt: skip

THREAT_EN = frames("""
I will {hit} {who}.
I'm going to {hit} {who} {time}.
I swear I will {hit} {who} with {weapon}.
I know where you live, watch your back.
I know which school your kids go to. Be careful.
Say that again and I'll break your jaw.
You are dead, I'm coming for you {time}.
I've got {weapon} and I will use it on {who}.
If you call the police, I will {hit} {who}.
Pay me or something bad happens to {who}.
{time} I will set {site} on fire.
There is a bomb at {site}. You have one hour.
I'll put a bullet in {who}.
You won't see your birthday, I promise.
I want to {hit} {who} so badly, and {time} I will.
Sleep well, because {time} we will visit you with {weapon}.
I'm bringing {weapon} to {site} {time}.
They all laughed at me. {time} I will shoot everyone at {site}.
Leave town or we will {hit} {who}.
your car will burn {time} and you will be in it
I'd love to {hit} {who} and watch {who2} cry.
Snitches get stabbed, remember that.
I'll find you and I'll {hit} you, no matter how long it takes.
Just wait, we will {hit} {who} in front of {site}.
You deserve to be beaten until you stop moving.
I am going to slap {who} until the teeth fall out.
""")

INCITE_EN = frames(
    """
Somebody should {hit} {who}.
Let's {hit} all {group}.
All {group} should be shot.
Kill all {group}.
{group} must be wiped out, who is with me?
Take up arms and attack {site} {time}.
Burn down {site} with the {group} inside.
Hang the {group} from the lamp posts.
The only good {group} are dead {group}.
The shooter at {site} is a hero.
I'm glad those {group} were murdered.
We need more attacks like the one on {site}.
He did nothing wrong when he killed the {group}.
Round up the {group} and beat them.
Every patriot should {hit} one of these {group}.
Bring {weapon} to the march and hurt as many {group} as you can.
Time to spill the blood of the {group}.
Whoever attacks {group} gets my respect.
Women who talk back deserve a beating.
It is our duty to {hit} {group}.
{group} should be put against a wall.
the massacre at {site} was beautiful, do it again
Join our fight: blow up {site}, punish the {group}.
Kick every {group2} out of {site}, and use {weapon} if they resist.
""".replace("{group2}", "one of the {group}")
)

HARMLESS_EN = frames("""
A man who stabbed a {job} in {place} was jailed for nine years.
Police in {place} arrested a {job} who had threatened to attack {site}.
The {job} received death threats and moved house.
Is it self-defence if I hit a burglar in my own home?
In the film the {job} kills the dragon and marries the king.
In chapter three the murderer waits for the {job} with {weapon}.
How do I kill the dragon in {game}?
I got killed by a {job} in {game} again.
We shot down two ships and won {game}.
What is the best weapon for {game}?
I'd kill for a {thing} right now.
My boss is going to kill me if I am late.
Mum will murder me when she sees the stain.
Our team will destroy yours {time}!
The boxer knocked out his rival in the second round.
The judge explained the difference between murder and manslaughter.
How do I report a threat that a {job} sent me?
Who was behind the attack on {site}?
The museum shows rifles and swords of the eighteenth century.
Nobody should be beaten because of who they are.
We condemn every attack on {group}.
Violence against {group} is a crime in {place}.
The march against violence passed {site} without trouble.
The vaccine gives the immune system a target to attack.
A heart attack killed the {job} at fifty.
The storm killed three people in {place}.
Wolves killed twelve sheep near {place}.
Self-defence classes for women start {time} at {site}.
The history of the war: how {place} was bombed in 1944.
The novel ends with an execution that nobody wants to watch.
I'm writing a crime story: a {job} finds a body at {site}.
How do teachers prepare for a shooting at {site}?
The fire at {site} was an accident, the brigade said.
The bomb from the war was made safe near {site}.
Who killed the President in Dallas?
The poem compares love to a burning arrow.
The firing squad of questions from reporters made him sweat.
He threatened to resign, then he threatened to strike.
We will fight this decision in court.
I will beat you at {game} {time}, loser buys the {thing}.
Hit the gym, smash your goals, crush the week.
A {job} in {place} was cleared of murder.
My granddad fought in the war and never spoke about it.
What sentence does the law provide for making threats?
You'd better watch your back when you lift that box.
I know where you live, so I'll drop the {thing} off {time}.
I'm coming for you {time}, wait at the station with your suitcase!
""")

THREAT_ZH = frames("""
我要杀了{shei}。
{shi}我就弄死{shei}。
我拿{qi}捅死{shei}。
我知道你住哪，小心点。
我知道你孩子在哪个学校，你看着办。
再说一遍试试，我打断你的腿。
你死定了，{shi}我来找你。
敢报警，我就杀{shei}。
不给钱，{shei}就别想好过。
{shi}我去把{di}烧了。
{di}里有炸弹，给你们一个小时。
你活不过今年，我说到做到。
{shi}带上{qi}去{di}，见一个砍一个。
他们都笑话我，{shi}我要让{di}里的人全部陪葬。
滚出这里，不然弄死{shei}。
小心你的车，{shi}连人一起烧。
我非砍死{shei}不可。
找几个兄弟{shi}去废了{shei}。
走夜路小心点，有人要你的命。
信不信我一刀捅了{shei}？
我做鬼也不会放过你，先让你家见血。
把{shei}绑起来打，打到不动为止。
老子{shi}就拿{qi}去会会{shei}。
你等着，我要让你全家不得安宁，一个都跑不掉。
见{shei}一次打一次。
""")

INCITE_ZH = frames("""
{qun}都该杀。
把{qun}全部杀光。
谁去教训一下{shei}，往死里打。
大家一起拿{qi}，{shi}冲进{di}。
烧了{di}，让{qun}陪葬。
{qun}就应该被枪毙。
砍死{qun}的那个人是英雄。
{di}那件事干得漂亮，应该多来几次。
{qun}死得好，活该被杀。
见到{qun}就打，打死算我的。
是男人就去{di}砸，让{qun}见点血。
女人不听话就得打。
对{qun}只有用{qi}才管用。
灭了{qun}，一个不留。
谁敢动手打{qun}，我给他发钱。
血债血偿，{shi}去{di}杀{qun}。
{qun}这种人就该吊死。
建议炸了{di}，一了百了。
凶手做得对，{qun}早该有人收拾了。
把{qun}拉出来当街打死。
""")

HARMLESS_ZH = frames("""
一男子持{qi}伤人，被判九年。
警方抓获一名扬言袭击{di}的{zhi}。
这名{zhi}收到死亡威胁后搬了家。
家里进了小偷，我打伤他算正当防卫吗？
电影里{zhi}杀死了恶龙，救出了公主。
第三章写凶手拿着{qi}等在巷口。
{youxi}里怎么杀死最后的大怪？
{youxi}又被{zhi}爆头了，再来一局。
{youxi}用什么武器伤害最高？
好想吃{wu}，谁拦着我我跟谁急。
迟到的话老板会杀了我的。
我妈看到这块污渍非打死我不可。
{shi}我们队要把你们打趴下！
拳手第二回合击倒对手，卫冕成功。
律师解释了故意杀人与过失致死的区别。
收到{zhi}的恐吓短信该怎么报警？
{di}的袭击事件是谁干的？
博物馆展出古代的刀剑和弓弩。
我们谴责一切针对{qun}的暴力。
家暴零容忍，打人就是犯法。
心脏病夺走了这位{zhi}的生命。
台风造成三人死亡。
女子防身术课程{shi}在{di}开班。
讲讲这座城市在1938年被轰炸的历史。
我在写一本推理小说：{zhi}在{di}发现一具尸体。
{di}失火系电线老化，无人伤亡。
工地挖出战争年代的炸弹，已安全处置。
谁刺杀了林肯？
他扬言辞职，又扬言罢工，最后什么也没做。
我们法庭上见，一定维权到底。
{shi}{youxi}见，输的人请喝{wu}。
{zhi}被控杀人，二审改判无罪。
爷爷打过仗，从来不提那段往事。
发布恐吓信息会判几年？
荆轲刺秦的故事你听过吗？
武松打虎那一段写得真精彩。
三国里关羽斩颜良是哪一回？
疫苗让免疫系统学会攻击病毒。
这部片子有暴力镜头，建议家长陪同观看。
我知道你住哪，{shi}把{wu}给你送过去。
等着，{shi}我来找你，一起吃{wu}！
狼群咬死了十二只羊。
打击盗版，打击假货，保护消费者。
杀价杀到一半老板都笑了。
""")
