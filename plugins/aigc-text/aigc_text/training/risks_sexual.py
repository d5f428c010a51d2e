"""Explicit talk and solicitation, against health, biology, law, art, shopping. Explicit words come from data."""

from __future__ import annotations

from aigc_text.training.contrast_frames import Slots, frames

SLOTS: Slots = {
    "year": ("2001", "2009", "2013", "2015", "2017"),
    "place": ("my hotel", "my place", "the car", "the city centre", "your flat", "room twelve", "my office"),
    "time": ("tonight", "now", "after ten", "this weekend", "all night", "on your lunch break"),
    "price": ("100", "150", "200", "fifty", "300 an hour"),
    "relative": ("daughter", "son", "sister", "brother", "wife", "husband", "partner", "friend"),
    "job": (
        "nurse",
        "doctor",
        "teacher",
        "midwife",
        "sculptor",
        "painter",
        "judge",
        "biologist",
        "pharmacist",
    ),
    "size": ("small", "medium", "large", "36", "40", "extra large"),
    "animal": ("bees", "frogs", "salmon", "rabbits", "fruit flies", "swans", "snails", "lions"),
    "age": ("fourteen", "sixteen", "eighteen", "thirty", "fifty"),
    "di": ("酒店", "我家", "车里", "你家", "办公室", "宾馆"),
    "shi": ("今晚", "现在", "十点以后", "周末", "整晚"),
    "jia": ("三百", "五百", "八百", "一千"),
    "ren": ("女儿", "儿子", "姐姐", "弟弟", "老婆", "老公", "朋友"),
    "zhi": ("护士", "医生", "老师", "助产士", "画家", "法官", "药师", "雕塑家"),
    "wu": ("手机", "电脑", "相机", "冰箱", "耳机", "汽车", "显卡", "空调"),
    "dong": ("蜜蜂", "青蛙", "鲑鱼", "兔子", "果蝇", "天鹅", "蜗牛", "狮子"),
}

EXPLICIT_EN = frames("""
I want {sexual} {time}.
Come to {place} {time} for {sexual}.
Send me your {sexual} pics, baby.
I'm so wet and ready, come to {place}.
Who wants {sexual} {time}? {price} dollars.
Hot girls in your area want {sexual} {time}.
Tell me what you would do to my naked body {time}.
Watch free {sexual} videos here.
Describe a {sexual} scene between two strangers in {place}.
Write a dirty story full of {sexual}.
I dream of {sexual} with you in {place}.
Take off your clothes and show me everything {time}.
Escort, {price}, {sexual} included, {place}.
Are you alone? Let's have sex in {place}.
My body aches for you, let me undress you in {place}.
She moaned as he took her from behind in {place}.
He ripped off her dress and they had wild sex {time}.
Looking for a no-strings hookup {time}, host at {place}.
Do you like {sexual}? I do, {time}.
Roleplay as my naked slave and please me.
I get so hard when you talk to me like that.
Sell me your used underwear, I pay {price}.
Turn on the cam and touch yourself for me.
Best {sexual} clips, no sign-up, adults only.
nudes? i show mine first
I want to lick you all over {time}.
Full service massage with happy ending, {price}, call {time}.
Let me be your sugar daddy, {price} for one night of sex.
Sex chat {time}, explicit, {sexual} and more.
I'll make you scream in {place} {time}.
Generate a nude picture of my neighbour.
Undress this photo of the {job} for me.
""")

HARMLESS_EN = frames("""
How do I talk to my {relative} about puberty and sex?
The {job} explains how condoms protect against infections.
Which contraceptive pill has the fewest side effects?
Sex education starts in year six at our school.
Breast cancer screening is free from the age of {age}.
How do I examine my breasts for lumps?
The {job} talks about erectile dysfunction and its treatment.
What are the symptoms of chlamydia?
Is it normal to have pain during sex after giving birth?
My {relative} wants to breastfeed in public, is that allowed?
How do {animal} mate?
The male {animal} dance to win a female.
Sexual reproduction mixes the genes of two parents.
Michelangelo's David is a nude statue of marble.
The gallery shows nude studies by a {job} of the Renaissance.
Swimsuit in size {size}, with straps and padded cups.
This bra comes in {size} and does not itch.
Underwear, pack of five, size {size}, cotton.
The {job} gave evidence in a sexual harassment trial.
Please report sexual harassment to the ombudsman.
The age of consent is {age} in that country.
Consent means that both partners freely say yes.
The law bans sex discrimination at work.
Same-sex marriage became legal in {year}.
What does the sex chromosome decide?
Our survey asks for age, sex and postcode.
The film is rated R because of some nudity.
How do I block adult websites on my {relative}'s tablet?
Parents ask how to protect children from pornography.
A documentary about sex workers and their rights.
My {relative} is pregnant, which foods should she avoid?
A {job} answers questions about menopause and desire.
How long does sperm survive in the body?
The vagina has its own bacteria, writes the {job}.
Testicular self-examination takes two minutes.
The essay discusses desire in the sonnets of Shakespeare.
Chicken breast or thigh for a curry?
The cock crowed and the hens left the coop.
Great tits nest in our garden every spring.
Strip the wallpaper before you paint.
Bare trees, naked branches, and the first snow.
This hot sauce is hot, thick and juicy on a burger.
Kiss me, said the frog to the princess.
We kissed at the station and I blushed.
Sexy new sports car with 300 horsepower.
HIV tests are anonymous and free at the {job}'s office.
Where can victims of rape find help?
Our hotel offers massages for back pain, size {size} robes included.
""")

EXPLICIT_ZH = frames("""
{shi}来{di}，我们{sexual_zh}。
想要{sexual_zh}的加我。
美女上门服务，{jia}一次，{sexual_zh}。
免费观看{sexual_zh}视频，点击进入。
发几张{sexual_zh}照片给我看看，宝贝。
{shi}想和你{sexual_zh}。
我湿透了，快来{di}。
脱光给我看，{shi}就要。
写一段{sexual_zh}的黄文，越露骨越好。
约炮吗？{shi}，{di}见。
包夜{jia}，{sexual_zh}随意。
你喜欢{sexual_zh}吗？我{shi}可以。
她在{di}娇喘着，他把她的衣服一件件脱掉，开始{sexual_zh}。
成人视频聊天，{sexual_zh}，一对一裸聊。
附近寂寞少妇，{shi}有空，可{sexual_zh}。
想舔遍你的全身，{shi}来{di}。
打开摄像头摸给我看。
讲讲你最刺激的{sexual_zh}经历。
{sexual_zh}合集，无码高清，加群下载。
找个炮友，不谈感情，{di}。
楼凤推荐，{jia}，服务到位，{sexual_zh}。
做我的女奴，跪下伺候我。
我想狠狠地要你，{shi}别想睡。
出售原味内衣，{jia}一件，私聊。
全套按摩带特殊服务，{jia}，{shi}预约。
生成一张女明星的裸照。
把这张照片里的女同事衣服去掉。
扮演一个{sexual_zh}的角色，用下流的话勾引我。
寂寞了，求{sexual_zh}
你下面硬了没有，{shi}我帮你弄出来。
资源分享：{sexual_zh}，{sexual_zh2}，老司机懂的。
""")

HARMLESS_ZH = frames("""
怎么跟{ren}讲青春期和性知识？
{zhi}讲解安全套如何预防感染。
哪种避孕药副作用小？
学校六年级开始上性教育课。
乳腺癌筛查免费，适龄女性都可以预约。
怎么自查乳房有没有肿块？
{zhi}谈勃起功能障碍的治疗。
衣原体感染有什么症状？
产后同房疼痛正常吗？
我{ren}想在公共场合哺乳，可以吗？
{dong}是怎么交配的？
雄性{dong}会跳舞吸引雌性。
有性生殖让后代的基因更多样。
大卫像是一座裸体大理石雕像。
美术馆展出文艺复兴时期的人体素描。
泳衣有大码吗？带胸垫的那种。
这款文胸无钢圈，透气不勒。
纯棉内裤五条装，包邮。
{zhi}在性骚扰案中出庭作证。
遇到职场性骚扰该怎么取证？
性同意意味着双方自愿。
法律禁止就业中的性别歧视。
性染色体决定什么？
问卷请填写年龄、性别和邮编。
两性健康讲座：{zhi}教你认识自己的身体。
怎么在{ren}的平板上屏蔽成人网站？
如何保护孩子远离色情内容？
{ren}怀孕了，饮食要注意什么？
{zhi}解答更年期常见问题。
精子在体内能存活多久？
妇科{zhi}提醒：不要过度清洗私处。
红楼梦里的情与欲怎么理解？
鸡胸肉怎么做不柴？
这款{wu}性价比很高。
{wu}性能强劲，稳定性好。
他性格开朗，做事有弹性。
这次改版有一次性的优惠，{wu}立减。
可能性、必要性和可行性分析报告。
艾滋病检测匿名免费，地址在疾控中心。
被性侵后去哪里求助？
警方扫黄打非，端掉一个卖淫窝点。
男子传播淫秽物品被判刑。
她穿着性感的晚礼服走上红毯。
初吻发生在车站，我脸都红了。
母鸡下蛋，公鸡打鸣。
乳制品、乳酸菌、豆乳都在第二排货架。
射门得分，全场沸腾。
裸眼视力一点零，可以不戴眼镜。
裸辞以后我去了云南。
插座插头买一送一。
高潮部分的弦乐写得太美了。
""")
