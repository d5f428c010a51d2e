"""Harmless sentences with the words of violence, dirt and scorn in their everyday sense, in both languages."""

from __future__ import annotations

from aigc_text.training.contrast_frames import Slots, frames

SLOTS_EN: Slots = {
    "thing": (
        "phone", "laptop", "printer", "guitar", "camera", "bike", "car", "jacket", "browser", "speaker", "kettle",
        "washing machine", "router", "tent", "backpack", "film", "game", "hotel", "airline", "app", "charger", "sofa",
    ),
    "program": ("Python", "Java", "Docker", "Chrome", "nginx", "Postgres", "Excel", "Word", "the game", "the printer"),
    "plant": ("roses", "tomatoes", "moss", "weeds", "ivy", "aphids", "slugs", "ants", "mould", "fleas"),
    "animal": ("dog", "cat", "chicken", "pig", "horse", "snake", "rat", "crow", "swan", "cow"),
    "food": ("cake", "curry", "pizza", "soup", "ramen", "burger", "pie", "coffee", "eggs", "potatoes", "chicken"),
    "scene": ("the beach", "a wedding", "a concert", "the night sky", "a football match", "the old town", "my newborn"),
    "team": ("Arsenal", "the Lakers", "Brazil", "the Tigers", "our school", "the Hawks", "Real Madrid", "the Giants"),
}  # fmt: skip

TRIGGERS_EN = frames("""
How do I kill a {program} process that hangs?
The parent process kills its child when it gets a SIGTERM.
kill -9 did not stop {program}, what next?
Find zombie processes of {program} and reap the orphan children.
Abort the master branch merge and blame the slave replica.
We shot three hundred photos of {scene} today.
Which lens do you use to shoot {scene}?
The photographer missed the perfect shot of {scene}.
What kills {plant} without harming the lawn?
I need a poison for {plant} that is safe for the {animal}.
{team} destroyed {team2} five to nil last night.
{team} slaughtered us in the second half.
The striker of {team} has a killer left foot.
He stabbed the {food} with a fork and ate it in one go.
Beat the eggs, whip the cream, then crush the biscuits.
Chop off the head of the fish and gut it.
I could murder a {food} right now.
This heat is killing me.
My feet are killing me after that hike.
I nearly died laughing when the {animal} sneezed.
I'd die for that {thing}.
The battery of my {thing} is dead.
The {thing} exploded in popularity last summer.
The concert was the bomb.
The comedian killed it on stage.
Our start-up is burning cash to attack the market.
The {animal} has to be put down, says the vet.
The bullet points on slide four are too long.
Set the trigger of the alarm to six o'clock.
The execution time of {program} doubled.
Hang the {thing} on the wall with two screws.
Drop a bath bomb in warm water and relax.
The play has a dark, brutal, beautiful ending.
In this game you fight a dragon and shoot arrows.
Strip the cable, then screw the nut tight.
The {animal} is in heat, what should I do?
She nailed the interview and crushed the test.
This deal is a steal, grab it before it's gone.
Hit the road before the traffic gets nasty.
Cut the deck, deal the cards, and no cheating.
The plug is male, the socket is female.
How do I hack together a stand for my {thing}?
Blow up the photo to poster size.
That plot twist was insane and the villain was sick.
Fire the kiln slowly or the pot will crack.
Is it cruel to keep a {animal} in a flat?
The {animal} is called a bitch when it is a female dog, says the breeder.
Cocks crow at dawn on the farm.
We tied up the boat and knocked back a beer.
Put the {thing} to sleep and kill the lights.
The deadline is brutal, but we will slay it.
The virus scanner quarantined a trojan on my {thing}.
""")

THINGS_EN = frames("""
This {thing} is a piece of garbage.
The {thing} is {bad}, do not buy it.
What a {bad} {thing}, it broke after two days.
I hate this {thing} with a passion.
Worst {thing} I have ever owned, absolute trash.
The {thing} stinks and the manual is {bad}.
Your {thing} is a joke, I want my money back.
The {bad} {thing} died in the middle of my trip.
Whoever designed this {thing} never used one.
Terrible service: the {thing} arrived dirty and broken.
I am furious, the {thing} was late for the third time.
This update is {bad}, {program} crashes every hour.
the {thing} is so {bad} i threw it away
The plot is {bad}, the dialogue is {bad2}, the music is fine.
That {thing} deserves zero stars.
A {bad} {thing} with a {bad2} battery, avoid.
The {food} was disgusting and cold, we left.
{oath}, the {thing} broke again.
The {intense} {thing} won't start.
Stupid {thing}, work already!
My {thing} is dumb as a brick but it lasts.
The {thing} is ugly, useless and overpriced.
How do I get rid of this {bad} {thing}?
{program} is {bad}, change my mind.
Rubbish {thing}. Rubbish support. Never again.
The weather was {bad} and the {thing} leaked.
The tax form is {bad} and I hate it.
I despise Mondays, and I despise this {thing}.
""")

SLOTS_ZH: Slots = {
    "thing": (
        "手机", "电脑", "打印机", "吉他", "相机", "自行车", "汽车", "外套", "浏览器", "音箱", "水壶", "洗衣机", "路由器", "帐篷", "背包", "电影",
        "游戏", "酒店", "软件", "充电器", "沙发", "耳机", "空调", "快递",
    ),
    "program": ("Python", "Java", "Docker", "浏览器", "数据库", "微信", "Excel", "游戏", "打印机", "后台"),
    "pest": ("杂草", "青苔", "蚂蚁", "蟑螂", "跳蚤", "霉菌", "蚜虫", "螨虫", "细菌", "老鼠"),
    "animal": ("狗", "猫", "鸡", "猪", "马", "蛇", "乌龟", "鸭子", "牛", "兔子"),
    "food": ("蛋糕", "火锅", "烤鱼", "拉面", "汉堡", "饺子", "奶茶", "鸡蛋", "土豆", "鸡翅"),
    "scene": ("海边", "婚礼", "演唱会", "星空", "球赛", "古城", "宝宝", "毕业典礼"),
    "team": ("国足", "广东队", "湖人", "巴西", "校队", "辽宁队", "皇马", "申花"),
}  # fmt: skip

TRIGGERS_ZH = frames("""
怎么杀掉{program}的进程？
{program}卡死了，强制结束也杀不掉。
父进程收到信号后会杀死子进程。
僵尸进程怎么清理？
{scene}照片拍了三百张，快门都按烂了。
拍{scene}用什么镜头好？
这部剧昨天杀青了，全剧组吃{food}庆祝。
打死我也不去人挤人的景点。
打死也不买第二个{thing}。
{team}把{team2}打得落花流水。
{team}昨晚血洗{team2}，五比零。
这个前锋射门真准。
用什么药能毒死{pest}又不伤{animal}？
怎么消灭家里的{pest}？
先把鱼头砍下来，再开膛去内脏。
把{food}切块，拍碎大蒜，大火爆炒。
热死我了，想吃冰{food}。
走了一天，脚要断了，累死了。
笑死我了，{animal}打喷嚏的样子太逗。
想死你了，什么时候回来？
馋死我了，{food}给我留一个。
{thing}电池死了，开不了机。
这首歌炸了，评论区都疯了。
这次双十一价格杀疯了。
他在台上一出场就秒杀全场。
秒杀活动今晚八点开始，{thing}只要九块九。
{food}辣得要命，但停不下来。
这个价格简直是抢钱，不过{thing}质量不错。
杀毒软件在{thing}上查出一个木马。
狼人杀少一个人，谁来？
剧本杀推荐几个不吓人的本。
这局游戏我拿了五杀，爆头率百分之六十。
王者荣耀里怎么用刺客打爆发？
母{animal}发情了怎么办？
插头插进插座没反应，是不是坏了？
公{animal}要不要做绝育？
干货满满，建议收藏。
干死这一杯，下班回家。
他考试作弊被抓，其实是我看错了题。
把{thing}挂在墙上，要打几个孔？
数据库主从同步断了，从库挂了。
炸鸡配啤酒，杀手锏是秘制酱料。
老板炒了我鱿鱼，我自己开店去了。
开枪打气球，十块钱二十发，逛庙会必玩。
这款{thing}性价比很高，性能也不错。
他性格随和，人很好相处。
吃鸡上分，求大神带。
这道题太变态了，全班都没做出来。
狗咬狗这种剧情我看够了。
打疫苗打得我胳膊疼死了。
爆竹一响，年味就来了。
{team}主场惨遭屠杀，教练下课。
""")

THINGS_ZH = frames("""
这破{thing}用两天就坏了。
{thing}真垃圾，谁买谁后悔。
什么烂{thing}，退钱！
我恨死这个{thing}了。
这是我用过最差的{thing}。
{thing}又贵又难看，还没用。
{oath}，{thing}又死机了。
设计这个{thing}的人自己用过吗？
{food}恶心死了，冷的还有头发。
快递第三次晚点，气炸了。
这次更新就是一坨，{program}一小时闪退三次。
{thing}做工粗糙，味道刺鼻，垃圾中的垃圾。
剧情弱智，台词尴尬，音乐还行。
零分都嫌多，别买这款{thing}。
客服态度差，{thing}脏兮兮的就寄来了。
这鬼天气，{thing}还漏水。
傻瓜{thing}，快点开机啊！
{thing}丑是丑了点，但是耐用。
{program}烂透了，不接受反驳。
再也不买这家的{thing}了，骗人的广告。
这{thing}卖这个价，当我傻吗？
{thing}又卡又慢，想砸了它。
最讨厌周一，也最讨厌这个{thing}。
这{thing}的声音难听死了。
{food}难吃得要死，再也不来了。
见鬼了，{thing}怎么又不亮了。
""")

FAMILIES_EN = (TRIGGERS_EN, THINGS_EN)
FAMILIES_ZH = (TRIGGERS_ZH, THINGS_ZH)
