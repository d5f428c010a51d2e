"""Harmless Chinese sentences that name who people are: training contrast, written for this SDK."""

from __future__ import annotations

from aigc_text.training.contrast_frames import Slots, frames

GROUPS = (
    "穆斯林", "基督徒", "佛教徒", "犹太人", "回族人", "藏族人", "维吾尔族人", "蒙古族人", "朝鲜族人", "壮族人", "黑人", "白人", "亚裔",
    "非洲人", "印度人", "日本人", "韩国人", "美国人", "越南人", "菲律宾人", "俄罗斯人", "巴基斯坦人", "阿拉伯人", "外国人", "华人", "河南人",
    "东北人", "上海人", "广东人", "北京人", "四川人", "湖南人", "新疆人", "福建人", "山东人", "安徽人", "温州人", "香港人", "台湾人", "外地人",
    "本地人", "农村人", "城里人", "移民", "难民", "同性恋者", "双性恋者", "跨性别者", "女性", "男性", "女生", "男生", "女权主义者", "残疾人",
    "聋人", "盲人", "自闭症患者", "老人", "农民工", "外卖员", "单亲妈妈", "全职妈妈", "大龄单身女性", "胖子", "左撇子", "轮椅使用者", "艾滋病感染者",
    "抑郁症患者", "留学生", "女司机", "小镇青年", "拉拉", "同志",
)  # fmt: skip

SLOTS: Slots = {
    "group": GROUPS,
    "relative": (
        "哥哥",
        "姐姐",
        "妈妈",
        "爸爸",
        "舅舅",
        "姑姑",
        "表弟",
        "外婆",
        "老公",
        "老婆",
        "室友",
        "同桌",
        "闺蜜",
    ),
    "job": (
        "老师",
        "护士",
        "医生",
        "工程师",
        "法官",
        "厨师",
        "司机",
        "律师",
        "作家",
        "程序员",
        "保洁员",
        "村支书",
    ),
    "place": (
        "郑州",
        "沈阳",
        "成都",
        "广州",
        "乌鲁木齐",
        "拉萨",
        "上海",
        "纽约",
        "东京",
        "首尔",
        "义乌",
        "村里",
        "社区",
    ),
    "field": ("历史", "音乐", "美食", "文学", "电影", "服饰", "诗歌", "婚俗", "方言"),
    "illness": ("糖尿病", "哮喘", "高血压", "抑郁症", "乳腺癌", "贫血"),
    "year": (
        "1911年",
        "1937年",
        "1949年",
        "1964年",
        "1978年",
        "1990年",
        "2001年",
        "2015年",
        "民国时期",
        "清末",
    ),
    "feast": ("春节", "古尔邦节", "圣诞节", "中秋节", "藏历新年", "泼水节", "端午节", "开斋节"),
}

SELF = frames("""
我是{group}，从小在{place}长大。
作为一个{group}，我觉得这部电影拍得很真诚。
我{relative}是{group}，{relative2}是{group2}，家里过节特别热闹。
我男朋友是{group}，我爸妈很喜欢他。
身为{group}，我从不觉得低人一等。
我们班只有我一个{group}，大家对我都很好。
我不是{group}，但我一半的朋友都是。
大学室友是{group}，做饭比我{relative}还好吃。
我和一个{group}结婚三年了，天天吃面。
我在{place}工作，同事里有{group}也有{group2}。
以前我以为{group}都不爱说话，认识以后发现错了。
我跟{relative}说我是{group}，他说他早就知道了。
小时候听外婆讲{year}{group}的故事。
本人{group}，求推荐{place}的火锅店
咱们{group}过{feast}最热闹了。
我是{job}，也是{group}，我爱我的工作。
有人问我是不是{group}，我说是，怎么了？
在{place}住了十年，我也算半个{group}了
""")

QUESTIONS = frames("""
{group}早饭一般吃什么？
为什么很多{group}在{place}定居？
{place}有多少{group}？
问别人是不是{group}会不会不礼貌？
{group}过{feast}吗？
{group}和{group2}有哪些共同的习俗？
公司怎样才能让{group}同事感到自在？
去{group}家做客要注意什么？
{group}可以和{group2}结婚吗？
有没有介绍{group}{field}的纪录片？
{group}租房会遇到哪些困难？
怎么称呼{group}比较得体？
第一位当上{job}的{group}是谁？
{group}是什么时候来到{place}的？
作为唯一的{group}是什么感觉？
{group}真的都很能吃辣吗
请问{group}办理居住证需要什么材料？
{group}在{year}的生活是怎样的？
有{group}朋友的能说说他们怎么取名字吗
招聘时写不要{group}是不是违法？
""")

HISTORY_NEWS = frames("""
{year}，{group}在{place}获得了选举权。
{year}，大批{group}被迫离开家乡。
博物馆展出了{year}{group}的生活用品。
当时的宣传画把{group}画成小偷，展览说明了原因。
{group}和{group2}并肩作战，守住了{place}。
针对{group}的屠杀震惊了世界。
一名{group}在{place}遭到殴打，两名嫌疑人已被抓获。
法院认定该公司歧视{group}，判决赔偿。
候选人为自己关于{group}的言论道歉。
统计显示，{group}的平均等候时间更长。
{place}一所{group}学校的围墙被人涂写侮辱性标语，警方正在调查。
一位{group}被评为年度优秀{job}。
一名男子因在网上威胁{group}被起诉。
{group}代表走上讲台，讲述了被霸凌的经历。
记者采访了{place}的几位{group}，听他们谈房租和孩子。
调查称近三成{group}在求职时被拒绝过。
{place}开通了面向{group}的法律援助热线。
救援队说，{group}缺少饮用水和药品。
{year}以前，{group}不能进这所学校读书。
{place}发生火灾，两名{group}受伤，{group2}邻居帮忙报警。
那封{group}写于{year}的家书在阁楼里被发现。
""")

CARE_WORK = frames("""
本店招聘{job}，欢迎{group}应聘。
用人单位不得因为应聘者是{group}而拒绝录用。
本院为{group}提供免费{illness}筛查。
{group}患{illness}的风险较高，建议每年体检。
这项{illness}研究随访了四百名{group}。
护士要学会尊重{group}患者的饮食习惯。
无障碍电梯在东门，请{group}优先使用。
奖学金面向{group}，学费全免。
法律禁止侮辱、诽谤{group}。
社区食堂为{group}准备了专门的窗口。
企业培训：如何与{group}同事相处。
工会为{group}争取到了更合理的工时。
{illness}的症状在{group}身上常被忽视。
银行为{group}开设了绿色通道。
心理老师会定期和{group}聊聊近况。
不得以{group}身份为由拒绝出租房屋。
""")

LIFE = frames("""
{group}过{feast}，家家户户挂灯笼。
小区里住着{group}和{group2}，大家相处融洽。
两位{group}和一位{group2}一起开了家面包店。
她是我见过最好的{group}{job}。
{place}的{group}小吃一条街，周末值得一去。
这本书收录了五十道{group}家常菜。
新品上市，专为{group}设计的洗发水。
祝所有{group}朋友{feast}快乐！
纪录片跟拍了一位{group}从{place}到海边的旅程。
{group}有勤快的也有爱睡懒觉的，跟谁都一样。
不是所有{group}都这么想，别一概而论。
隔壁那个{group}吹小号真好听。
上次地铁上是一位{group}帮我抬的婴儿车。
{group}爱喝茶，{group2}爱喝咖啡，我都爱。
小说写的是一个{group}爱上一个{group2}的故事。
{group}{field}讲座，周六下午两点，免费入场。
{place}的{group}占总人口的百分之八。
剧里的{group}演员是{place}人，演技一流。
{group}的普通话比我还标准，佩服。
志愿者教{group}用智能手机挂号。
球队里有三个{group}，昨晚全进球了。
有的{group}支持这项改革，有的不支持。
他一口{place}话，大家都以为他是{group}。
{group}出门在外互相照应，真暖。
{place}的酒店欢迎{group}入住。
听{group}讲相声，笑得肚子疼。
""")

FAMILIES = (SELF, QUESTIONS, HISTORY_NEWS, CARE_WORK, LIFE)
