"""Chinese building blocks. ``{you}`` is 你 or 您, by voice and age."""

from __future__ import annotations

from aigc_text.templates.blocks import Blocks, Wording

_OPENERS = {
    "friendly": (
        "来认识一下{intro}吧。",
        "今天想和{you}聊聊{intro}。",
        "给{you}介绍一下{intro}。",
        "想和{you}分享{intro}。",
        "{intro}，想让{you}也看看。",
        "看过来，{intro}在这里。",
        "今天的分享，是{intro}。",
        "遇见{intro}的那一刻，就想说给{you}听。",
        "日子里多了{intro}，会是什么样子呢？",
    ),
    "professional": (
        "为{you}介绍{intro}。",
        "向{you}推荐{intro}。",
        "谨向{you}介绍{intro}。",
        "这里是{intro}的详细介绍。",
        "请{you}了解{intro}。",
        "诚意为{you}呈上{intro}。",
    ),
    "playful": (
        "叮咚！{intro}来敲门啦！",
        "注意啦，{intro}来了！",
        "嘿，快看，是{intro}！",
        "悄悄告诉{you}，{intro}来啦！",
        "等等，先别划走，看看{intro}！",
        "今天的主角登场：{intro}！",
        "报告！{intro}前来报到！",
        "谁懂啊，一眼就看中了{intro}！",
    ),
    "luxury": (
        "静下心来，细看{intro}。",
        "为懂得欣赏的{you}，呈上{intro}。",
        "不必多言，{intro}。",
        "从容一刻，遇见{intro}。",
        "有些美好值得慢慢看：{intro}。",
        "把时间留给值得的事物，比如{intro}。",
        "一见如故，是{intro}。",
    ),
    "technical": (
        "参数速览：{intro}。",
        "一起看看{intro}的关键信息。",
        "关于{intro}，要点如下。",
        "拆开来看{intro}。",
        "用事实认识{intro}。",
        "先看事实，再谈感受：{intro}。",
    ),
}

_NAMELESS = {
    "friendly": (
        "有样好东西，想给{you}看看。",
        "来，看看这个。",
        "想和{you}分享一下这个。",
        "今天想和{you}说说它。",
        "遇到它的时候，第一时间想到了{you}。",
    ),
    "professional": ("为{you}整理了以下信息。", "详细信息如下，供{you}参考。", "请{you}过目。"),
    "playful": (
        "快看，这是什么！",
        "先别划走，看看这个！",
        "叮咚！好东西来敲门啦！",
        "报告，有新朋友来报到！",
    ),
    "luxury": ("静下心来，细细品味。", "为懂得欣赏的{you}。", "有些美好值得慢慢看。"),
    "technical": ("关键信息如下。", "参数速览。", "用事实说话。"),
}

_BRIDGES = {
    "friendly": (
        "下面这些，{you}可能想知道。",
        "具体是什么样的呢？往下看。",
        "细节都写在下面了。",
        "慢慢看，细细说。",
    ),
    "professional": ("主要信息如下。", "以下要点供{you}参考。", "具体情况如下。", "关键信息整理如下。"),
    "playful": ("重点来啦，拿小本本记好。", "亮点马上揭晓。", "话不多说，上干货。", "搬好小板凳，听我们说。"),
    "luxury": (
        "细节之处，自见用心。",
        "每一处细节，都值得停留。",
        "好的东西，经得起细看。",
        "不疾不徐，一一道来。",
    ),
    "technical": ("逐项来看。", "数据如下。", "规格一览。", "要点逐条列出。"),
}

_AGE = {
    "child": ("给孩子选东西，家长总想看得清楚些。", "当爸妈的，选之前都想问个明白。", "陪孩子长大的每一天，都想多花一点心思。"),
    "teen": ("不绕弯子，重点都在这儿。", "长话短说，直接看重点。", "不讲大道理，只说{you}想知道的。", "上课、社团、追番，{you}的一天够满了，这里只说重点。"),
    "young": ("忙着工作也忙着生活，重点一次说清。", "喝杯咖啡的工夫，就能看完。", "日程很满，我们就长话短说。", "下班路上、周末清晨，总有几个瞬间只属于自己。", "赶地铁的日子再忙，生活也要有自己的小讲究。"),
    "adult": ("时间宝贵，重点都替{you}列好了。", "工作、家庭，要操心的事已经不少，我们就直说重点。", "{you}清楚自己要什么，细节请{you}来评判。", "忙里偷闲，也给自己留一点时间。"),
    "senior": ("不着急，慢慢看，信息都写得明明白白。", "不绕弯子，用大白话说清楚。", "过日子讲究心里有数，这里都写清楚了。", "岁月从容，好好过每一天。"),
}  # fmt: skip

_AGE_FORMAL = {
    "child": ("为孩子挑选，总要看得清楚。", "给家长的一份清晰说明。"),
    "teen": ("要点简明，一看便知。", "不作赘述，只列要点。"),
    "young": ("日程繁忙，容我们长话短说。", "寥寥数语，说清要点。"),
    "adult": ("时间宝贵，重点已为{you}列出。", "{you}自有判断，细节请{you}过目。"),
    "senior": ("请{you}慢慢看，信息都写得清清楚楚。", "一字一句，都为{you}写明白。"),
}  # fmt: skip

_INTEREST = (
    "喜欢{interest}的{you}，不妨看一看。",
    "写给热爱{interest}的{you}。",
    "如果{interest}是{you}的日常，不妨留意一下。",
    "说起{interest}就停不下来的{you}，看过来。",
    "知道{you}喜欢{interest}，就想到了{you}。",
    "对{interest}有感觉的{you}，值得停下来看一眼。",
    "热爱{interest}的人，总有自己的讲究。",
    "一说到{interest}，{you}的眼睛就亮了吧？",
    "懂{interest}的{you}，自有一番眼光。",
)

_BUDGET = {
    "low": ("会精打细算的{you}，先看清楚，再做决定。", "每一分钱都要花得明白，信息都摆在这里。", "买之前先想清楚，需要知道的都写上了。", "钱要花得明白，先看清楚再下单。"),
    "medium": ("花得明白，选得清楚。", "多看一看，比一比，再做选择。", "理性选择，从看清信息开始。"),
    "high": ("讲究细节的{you}，值得慢慢看。", "{you}在意的，是细节。", "懂得挑选的人，会先看细节。", "对生活有讲究的{you}，一看便知。"),
}  # fmt: skip

_HISTORY = {
    "new": ("初次见面，欢迎{you}。", "第一次来？欢迎。"),
    "returning": ("又见面了，欢迎回来。", "很高兴再次见到{you}。"),
    "loyal": ("感谢{you}一路相伴。", "老朋友了，想让{you}也看看这个。"),
    "items": ("{you}之前关注过{item}，这个也许也合{you}的心意。", "看过{item}之后，不妨也看看这个。", "因为{you}喜欢{item}，所以想到了{you}。"),
}  # fmt: skip

_ACTIONS = {
    "friendly": (
        "喜欢的话，就来看看吧。",
        "有想问的，随时找我们。",
        "看看合不合{you}的心意。",
        "感兴趣就来了解一下吧。",
        "喜欢就带它回家吧。",
        "点开看看，也许正合{you}意。",
    ),
    "professional": (
        "欢迎进一步了解。",
        "如需了解更多，欢迎联系我们。",
        "期待{you}的垂询。",
        "欢迎{you}比较后选择。",
    ),
    "playful": (
        "还等什么，快来看看！",
        "心动了吗？那就行动吧！",
        "来嘛，看一眼又不亏！",
        "就等{you}来啦！",
        "心动不如行动，冲！",
        "别只点赞，点进来呀！",
    ),
    "luxury": (
        "敬请{you}亲自感受。",
        "静候{you}的到来。",
        "愿与{you}相遇。",
        "不妨亲自体会。",
        "愿它走进{you}的日常。",
    ),
    "technical": (
        "对照需求，看看是否合适。",
        "看完参数，再做决定。",
        "欢迎对比后再选。",
        "适不适合，数据说了算。",
    ),
}

_PLACE_ACTIONS = {
    "friendly": ("有空来坐坐吧。", "欢迎来逛逛。", "我们在这里等{you}。", "约上朋友一起来吧。"),
    "professional": ("欢迎{you}的光临。", "期待与{you}见面。", "诚邀{you}前来。"),
    "playful": ("叫上小伙伴，一起来吧！", "就差{you}啦，快来！", "不见不散哦！"),
    "luxury": ("静候{you}的光临。", "愿在此与{you}相遇。", "敬请{you}亲临感受。"),
    "technical": ("看好信息，安排{you}的行程吧。", "欢迎实地看看。", "规划好时间，来一趟吧。"),
}

_GREETINGS = {
    "friendly": ("{you}好：", "亲爱的朋友："),
    "professional": ("尊敬的客户：", "{you}好："),
    "playful": ("嗨，{you}好呀：", "哈喽："),
    "luxury": ("尊敬的贵宾：", "尊敬的客人："),
    "technical": ("{you}好：", "各位好："),
}

_CLOSINGS = {
    "friendly": ("祝好", "祝{you}今天有个好心情", "回头见"),
    "professional": ("此致敬礼", "顺颂商祺", "谨启"),
    "playful": ("比心", "下次见啦", "回见哦"),
    "luxury": ("谨致问候", "敬颂时绥"),
    "technical": ("祝顺利", "谨启"),
}

_SUBJECTS = {
    "friendly": ("来认识一下{name}", "想和{you}聊聊{name}", "{name}，想让{you}也看看"),
    "professional": ("{name}：详细介绍", "为{you}介绍{name}", "关于{name}"),
    "playful": ("叮咚，{name}来了", "嘿，快看{name}", "{name}找{you}有点事"),
    "luxury": ("细看{name}", "遇见{name}", "{name}，细节之间"),
    "technical": ("{name}：参数速览", "{name}要点", "用事实认识{name}"),
}

_FILLERS = {
    "friendly": ("信息都放在一起了，不用到处找。", "可以先收藏，想好了再决定。", "也可以转给信得过的朋友看看。", "想象一下，它走进{you}日常的样子。", "有不明白的地方，告诉我们就好。"),
    "professional": ("以上信息供{you}决策时参考。", "欢迎转发给有需要的同事。", "如有疑问，我们乐意说明。", "建议结合自身需求逐项比较。"),
    "playful": ("写到这里，我们自己也有点小激动。", "再看一遍也没关系，我们等{you}。", "先在脑海里想象一下，是不是挺好？", "要不要告诉朋友，{you}说了算。"),
    "luxury": ("好东西，不必大声。", "留一点时间，给值得的事物。", "想象它在{you}生活中的位置。", "无须多言，自有分寸。"),
    "technical": ("以上各项均可逐一核对。", "对比时，可把这份要点放在手边。", "请留意与{you}用途相关的数值。", "清单里缺了什么，可以问我们。"),
}  # fmt: skip

_FEATURES = {
    "friendly": ("说说它的亮点：{v}", "{you}会留意到的是：{v}", "让人记住它的是：{v}", "值得说说的是：{v}"),
    "professional": ("主要特点：{v}", "产品亮点：{v}", "特点概括如下：{v}", "其特点为：{v}"),
    "playful": ("它的小本领：{v}", "亮点排排站：{v}", "划重点啦：{v}", "看看它的十八般武艺：{v}"),
    "luxury": ("细节之间：{v}", "用心之处：{v}", "细看之下：{v}", "值得留意的是：{v}"),
    "technical": ("功能要点：{v}", "特性：{v}", "功能一览：{v}", "核心特性：{v}"),
}

_WORDINGS = {
    "category": Wording(predicates=("是一款{v}",), sentences=("它是一款{v}",), needs="single", labels=("品类", "类别", "类型", "分类", "种类")),
    "price": Wording(predicates=("{label}{v}", "{label}是{v}"), sentences=("{label}{v}", "至于{label}，{v}", "{v}，带它回家", "{v}，就是它的{label}"), needs="digits", bare=True, labels=("价格", "售价", "单价", "价钱")),
    "price_range": Wording(predicates=("{label}{v}",), sentences=("{label}在{v}", "{label}：{v}"), needs="digits"),
    "discount": Wording(sentences=("{label}：{v}", "这次的{label}是{v}", "别错过{label}：{v}"), bare=True),
    "colour": Wording(predicates=("一身{v}", "{label}是{v}", "{label}选了{v}"), sentences=("{label}是{v}", "映入眼帘的是{v}"), needs="single", several=("{label}有{v}", "{v}，都是它的{label}"), labels=("颜色", "配色")),
    "material": Wording(predicates=("{label}是{v}", "用的是{v}", "以{v}制成"), sentences=("{label}是{v}", "它用的是{v}"), several=("{label}里有{v}", "用到了{v}"), labels=("材质", "材料", "面料")),
    "size": Wording(predicates=("{label}是{v}",), sentences=("{label}是{v}", "{label}给{you}量好了：{v}"), several=("{label}有{v}",)),
    "weight": Wording(predicates=("{label}{v}", "{label}是{v}"), sentences=("拿起来是{v}的分量", "{label}{v}"), needs="digits", labels=("重量",)),
    "capacity": Wording(predicates=("{label}{v}", "能装{v}", "装得下{v}"), sentences=("一次能装{v}", "{label}是{v}"), needs="digits", labels=("容量",)),
    "battery_life": Wording(predicates=("{label}{v}", "{label}有{v}"), sentences=("{label}{v}，心里有数", "说到{label}，是{v}"), needs="time"),
    "power": Wording(predicates=("{label}{v}", "{label}是{v}"), sentences=("{label}是{v}",), needs="digits"),
    "speed": Wording(predicates=("{label}是{v}",), sentences=("{label}是{v}",), needs="digits"),
    "origin": Wording(predicates=("产自{v}", "来自{v}"), sentences=("它的家乡是{v}", "它从{v}来"), needs="single"),
    "warranty": Wording(predicates=("{label}{v}", "{label}有{v}"), sentences=("{label}{v}，都写明白了", "{label}是{v}"), needs="time"),
    "ingredients": Wording(predicates=("{label}是{v}",), sentences=("{label}写得明明白白：{v}", "翻开{label}表：{v}")),
    "flavour": Wording(predicates=("{label}是{v}",), sentences=("入口是{v}的味道", "{label}是{v}"), needs="single", several=("{label}有{v}", "挑一个{you}喜欢的{label}：{v}")),
    "suitable_for": Wording(predicates=("适合{v}",), sentences=("它适合{v}", "写给{v}"), needs="single", several=("适合{v}",), labels=("适合", "适用", "适用人群", "适用场景", "适合人群")),
    "occasion": Wording(predicates=("{label}是{v}",), sentences=("{label}可以是{v}", "这些时候会想到它：{v}"), several=("{label}有{v}",)),
    "rating": Wording(predicates=("{label}{v}",), sentences=("大家给出的{label}是{v}", "{label}：{v}"), needs="digits"),
    "near": Wording(predicates=("就在{v}附近",), sentences=("到{v}附近就能找到",), needs="single"),
    "address": Wording(sentences=("{label}：{v}", "我们在这里：{v}")),
    "location": Wording(predicates=("{label}在{v}",), sentences=("{label}：{v}", "在这里可以找到：{v}"), needs="single"),
    "area": Wording(predicates=("位于{v}",), sentences=("它在{v}",), needs="single"),
    "food": Wording(sentences=("菜单上是{v}", "{label}：{v}", "后厨端出来的是{v}"), labels=("菜系", "菜品")),
    "date": Wording(predicates=("{label}是{v}",), sentences=("记住这个日子：{v}", "{label}定在{v}"), needs="digits"),
    "opening_hours": Wording(predicates=("{label}是{v}",), sentences=("{label}：{v}",)),
    "url": Wording(sentences=("更多信息：{v}", "链接在这里：{v}")),
    "phone": Wording(sentences=("{label}：{v}", "打个电话问问：{v}")),
    "email": Wording(sentences=("{label}：{v}", "写信给我们：{v}")),
    "delivery": Wording(sentences=("{label}：{v}",)),
    "availability": Wording(sentences=("{label}：{v}",)),
    "description": Wording(sentences=("{v}",), bare=True),
    "slogan": Wording(sentences=("{v}",), bare=True),
    "model": Wording(predicates=("{label}是{v}",), sentences=("{label}：{v}",)),
    "screen": Wording(predicates=("{label}是{v}", "配了{v}的{label}"), sentences=("看看{label}：{v}",), needs="single"),
    "camera": Wording(predicates=("{label}是{v}",), sentences=("镜头这边是{v}",), needs="single"),
    "storage": Wording(predicates=("{label}是{v}", "{label}{v}"), sentences=("{label}：{v}",), needs="single"),
    "processor": Wording(predicates=("{label}是{v}", "搭载{v}"), sentences=("{label}：{v}",), needs="single"),
    "scent": Wording(predicates=("{label}是{v}", "闻起来是{v}"), sentences=("凑近一闻，是{v}",), needs="single", several=("{label}有{v}",)),
    "style": Wording(predicates=("{v}风格", "走的是{v}风格", "透着{v}的味道"), sentences=("整体是{v}的风格", "{label}偏{v}"), labels=("风格",)),
    "season": Wording(predicates=("适合{v}",), sentences=("{v}的时候，想起它",), needs="single", labels=("季节", "适用季节")),
    "shelf_life": Wording(predicates=("{label}{v}", "{label}是{v}"), sentences=("{label}是{v}",), needs="time"),
    "certification": Wording(sentences=("{label}：{v}", "{label}一栏写着{v}")),
    "duration": Wording(predicates=("{label}{v}",), sentences=("前后{v}", "{label}是{v}"), needs="time", labels=("时长",)),
    "quantity": Wording(predicates=("{label}是{v}",), sentences=("{label}：{v}",)),
    "package": Wording(sentences=("{label}：{v}", "打开包装，是{v}"), labels=("包装", "包装清单")),
    "care": Wording(sentences=("{label}：{v}", "平时这样打理：{v}"), labels=("洗护", "保养")),
    # Clothes: labels are jargon ("裙衣门襟"), so the words of everyday speech stand in for them.
    "fit": Wording(predicates=("{v}的版型", "版型是{v}"), sentences=("上身是{v}的版型", "版型走{v}路线")),
    "pattern": Wording(predicates=("图案是{v}", "点缀着{v}图案"), sentences=("图案选了{v}", "目光会落在{v}图案上"), several=("图案有{v}", "{v}，写在图案里")),
    "top_style": Wording(predicates=("做成{v}的样式", "样式是{v}"), sentences=("样式上，它是一件{v}",)),
    "details": Wording(predicates=("细节处有{v}", "用上了{v}的设计"), sentences=("设计里藏着{v}", "细看有{v}的设计")),
    "skirt_length": Wording(predicates=("是一条{v}",), sentences=("选的是{v}",), needs="single", several=("{label}有{v}",)),
    "garment_length": Wording(predicates=("衣长是{v}",), sentences=("衣长选了{v}",)),
    "skirt_shape": Wording(predicates=("裙型是{v}",), sentences=("裙摆一展，是{v}的裙型", "裙型选了{v}")),
    "trouser_shape": Wording(predicates=("裤型是{v}",), sentences=("裤型选了{v}", "穿起来是{v}的裤型")),
    "neckline": Wording(predicates=("领口是{v}", "{v}的领口"), sentences=("领口选了{v}",)),
    "hem": Wording(predicates=("下摆是{v}", "{v}的下摆"), sentences=("低头看，下摆是{v}",)),
    "closure": Wording(predicates=("门襟是{v}", "{v}的门襟"), sentences=("门襟用了{v}",)),
    "waist": Wording(predicates=("腰型是{v}", "{v}的腰型"), sentences=("腰间是{v}的设计",)),
    "cuff": Wording(predicates=("裤口是{v}", "{v}的裤口"), sentences=("裤口做了{v}",)),
    "sleeve_style": Wording(predicates=("袖型是{v}", "配上{v}"), sentences=("袖子做成了{v}",)),
    "sleeve_length": Wording(predicates=("袖长是{v}", "{v}款式"), sentences=("袖子选了{v}",)),
}  # fmt: skip

BLOCKS = Blocks(
    openers=_OPENERS,
    nameless=_NAMELESS,
    bridges=_BRIDGES,
    age=_AGE,
    age_formal=_AGE_FORMAL,
    interest=_INTEREST,
    budget=_BUDGET,
    history=_HISTORY,
    actions=_ACTIONS,
    place_actions=_PLACE_ACTIONS,
    greetings=_GREETINGS,
    closings=_CLOSINGS,
    subjects=_SUBJECTS,
    fillers=_FILLERS,
    wordings=_WORDINGS,
    generic=("{label}：{v}",),
    generic_short=("{label}：{v}", "{label}是{v}"),
    feature_lists=_FEATURES,
)
