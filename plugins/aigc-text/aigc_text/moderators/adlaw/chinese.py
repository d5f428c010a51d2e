"""Claims in Chinese and the Advertising Law of the People's Republic of China (2021 amendment).

Exceptions of the absolute terms follow the State Administration for Market Regulation's enforcement guide of
2023 (announcement no. 6): what does not point at the goods, consumption hints ("最佳食用时间"), aims of the
business, product names and grades. Patterns see folded text: half-width punctuation, lower case.
"""

from __future__ import annotations

from aigc_sdk.taxonomy import Severity
from aigc_text.moderators.adlaw.claim import Claim, Law


def _law(article: str, article_zh: str) -> tuple[Law, ...]:
    return (Law("cn", f"PRC Advertising Law, {article}", f"《中华人民共和国广告法》{article_zh}"),)


_ABSOLUTE = _law("art. 9(3): absolute terms", "第九条第(三)项:绝对化用语")
_PROMISE = _law(
    "art. 28: false or misleading content; art. 9(3) where read as an absolute term",
    "第二十八条:虚假或者引人误解的内容;构成绝对化用语的适用第九条第(三)项",
)
_MEDICAL = _law("art. 16: medical treatment, medicines, devices", "第十六条:医疗、药品、医疗器械广告")
# Article 17 speaks of treatment alone; prevention is forbidden to health food and to food.
_DISEASE = _law(
    "art. 17: no disease treatment outside medicine; for prevention art. 18 (health food) and Food Safety Law art. 73",
    "第十七条:非医疗广告不得涉及疾病治疗功能;涉及疾病预防的,适用第十八条(保健食品)、《食品安全法》第七十三条",
)
_HEALTH_FOOD = _law("art. 18: health food", "第十八条:保健食品广告")
_EDUCATION = _law("art. 24: education and training", "第二十四条:教育、培训广告")
_FINANCE = _law("art. 25: investment with expected return", "第二十五条:招商等有投资回报预期的广告")
_DATA = _law(
    "art. 11(2) and 28: quoted data need a source", "第十一条第二款、第二十八条:引证内容应当真实并表明出处"
)
_STATE = _law("art. 9(2): state organs", "第九条第(二)项:国家机关及其工作人员名义")
_RIVALS = _law("art. 13: disparaging other traders", "第十三条:不得贬低其他生产经营者")

_GAP = "[^,.;:!?。、\\s]"
"""Any character that stays inside a clause."""
_AIM = "追求|力争|争取|努力|打造|目标是|致力于|立志|希望成为|争做|争创|为了"
_DENIED = "不是|并非|非|不算|谈不上|未必是|不敢说|称不上|不一定是|没有"
_WARNED = "不得|禁止|严禁|不能|不会|无法|不可|切勿|警惕|谨防|骗局|虚假|不承诺|不保证|并非|不是|谎称|举报"
_ILLNESS = (
    "癌症?|肿瘤|糖尿病|高血压|高血脂|三高|心脏病|冠心病|脑梗|中风|失眠症?|关节炎|鼻炎|颈椎病|胃病|胃炎|肝炎|痛风"
    "|湿疹|牛皮癣|白癜风|哮喘|抑郁症|前列腺炎|便秘|近视|骨质疏松|老年痴呆|各种疾病|疾病|百病"
)

_PLAIN = [
    "优秀",
    "强大",
    "热销",
    "热卖",
    "豪华",
    "奢华",
    "划算",
    "便宜",
    "高端",
    "实惠",
    "正宗",
    "健康",
    "好喝",
    "好看",
    "好玩",
    "环保",
    "耐用",
    "流行",
    "时尚",
]
"""What is an absolute claim with 最 before it and a plain one without."""
_GOODS = [
    "产品",
    "品质",
    "品牌",
    "服务",
    "选择",
    "面料",
    "材料",
    "手机",
    "课程",
    "老师",
    "配方",
    "酒店",
    "餐厅",
    "楼盘",
]

CHINESE: tuple[Claim, ...] = (
    Claim(
        name="absolute",
        pattern=(
            "国家级|最高级|最佳|顶级|顶尖|极品|世界级|宇宙级|全球级|独一无二|无与伦比|绝无仅有|举世无双|史无前例|空前绝后|前无古人"
            "|无人能及|无可匹敌|天下无双|登峰造极|(?:史上|全网|全国|全球|全城)最低价?|最低价"
            "|最(?:先进|优质?|优秀|强大?|畅销|热销|热卖|受欢迎|专业|安全|有效|权威|豪华|奢华|完美|划算|便宜|高端|高品质"
            "|实惠|正宗|健康|好用|好吃|好喝|好看|好玩|环保|耐用|顶级|流行|时尚|好的(?:产品|品质|品牌|服务|选择|面料|材料|手机"
            "|课程|老师|配方|酒店|餐厅|楼盘))"
        ),
        triggers=("最", "级", "顶尖", "极品", "无", "绝", "登峰"),
        laws=_ABSOLUTE,
        en="An absolute term about the goods",
        zh="对商品或服务使用绝对化用语",
        not_before=(
            f"{_AIM}|{_DENIED}|(?:{_AIM}){_GAP}{{0,6}}|评为|荣获|被评|入选|获得?|颁发的?|认定为|我(?:觉得|认为|感觉){_GAP}{{0,6}}"
            "|(?:本店|自家|同系列|系列中|历代|历史|上一代|以往)的?|价格|气温|温度|分数"
        ),
        not_after=(
            "食用|饮用|赏味|观赏|观看|拍摄|使用(?:时间|方法|期|温度)|时间|时机|时段|时期|状态|温度|季节|保质|保存|拍档|搭档"
            "|气温|温度|限价|工资|消费|点$|实践|新人|影片|男|女|导演|编剧|球员|风景名胜|非遗|非物质|自然保护区|森林公园|期刊|标准"
            "|开发区|新区|重点|奖|贫困|文物|保护|公园|湿地|经开区|高新区|课题|项目|赛事|联赛|域名|目录|页|菜单|节点|窗口|的问题"
            "|的(?:办法|缺点|遗憾)|的一次|的挑战|的朋友|的损失|的危机|的灾|的事"
        ),
        replacements=(
            ("最佳", "优质"),
            ("顶级", "优质"),
            ("顶尖", "出色"),
            ("极品", "精品"),
            ("独一无二", "别具一格"),
            ("最低价", "优惠价"),
            ("全网最低价", "优惠价"),
            ("最优", "优良"),
            ("最优质", "优质"),
            ("最先进", "先进"),
            ("最安全", "安全"),
            ("最专业", "专业"),
            ("最受欢迎", "受欢迎"),
            ("最畅销", "畅销"),
            ("最好用", "好用"),
            ("最好吃", "好吃"),
            ("最高级", "高级"),
            ("最高品质", "高品质"),
            *((f"最{word}", word) for word in _PLAIN),
            *((f"最好的{goods}", f"很好的{goods}") for goods in _GOODS),
        ),
    ),
    Claim(
        name="first",
        pattern=(
            "第一(?:大)?(?:品牌|选择|名牌|股|家居?品牌|神器|网红)|(?:全国|全球|世界|行业|国内|中国|亚洲|全网|业内|同类|市场|销量"
            f"|销售额|口碑|实力|排名|市占率|人气|技术|性价比|宇宙|天下|效果|质量){_GAP}{{0,4}}?(?:第一|no\\.? ?1|top ?1)"
            "|(?:行业|全国|全球|销量|品类|类目)(?:冠军|之王|霸主|领导者)"
        ),
        triggers=("第一", "no", "top", "冠军", "之王", "霸主", "领导者"),
        laws=_ABSOLUTE,
        en="A claim to be first or number one",
        zh="使用“第一”“冠军”等绝对化用语",
        not_before=f"{_AIM}|{_DENIED}|冲击|(?:据|根据){_GAP}{{0,10}}(?:数据|报告|统计),?{_GAP}{{0,4}}",
        not_after=(
            "[次步个天季代批届场轮年期线条章页课集部位件回]|人称|时间|医院|中学|小学|大学|人民|高中|书记|夫人|手|责任人"
            "|产业|梯队|财季|大道|机场|颗|艘|架|座|例|人(?:$|[,。.])|步|集团军|批次"
        ),
        not_near="联赛|比赛|决赛|奥运|锦标赛|考试|期末|积分榜|小组|数据来源|来源:",
        replacements=(
            ("第一品牌", "知名品牌"),
            ("第一大品牌", "知名品牌"),
            ("行业第一", "行业知名"),
            ("销量第一", "热销"),
        ),
    ),
    Claim(
        name="only",
        pattern=(
            f"(?:全国|全球|国内|行业|市面上|世界|全网|中国|业内|本市|市场上){_GAP}{{0,4}}唯一|唯一(?:品牌|选择|指定|正品|授权|官方|推荐)"
            f"|唯一{_GAP}{{0,3}}(?:能够?|可以?){_GAP}{{0,8}}的(?:产品|品牌|面膜|课程|机构|平台|楼盘|手机|药)"
        ),
        triggers=("唯一",),
        laws=_ABSOLUTE,
        en="A claim to be the only one",
        zh="使用“唯一”等绝对化用语",
        not_before=_DENIED,
        not_after="[码性]|标识|编号|id|索引|键|(?:的)?(?:缺点|不足|遗憾|问题|幸存|儿子|女儿|亲人)|一次|一个(?:人|女)|存活|种群",
    ),
    Claim(
        name="preferred",
        pattern=f"(?:送礼|居家|旅行|家庭|妈妈们?|宝宝|护肤|装修|投资|约会|聚会|出行|理财|养生|办公|健身){_GAP}{{0,3}}首选"
        "|首选(?:品牌|产品|好物|佳品|之选|良品|佳礼)|不二之选|不二选择",
        triggers=("首选", "不二"),
        laws=_ABSOLUTE,
        en="A claim to be the first choice",
        zh="使用“首选”等可能构成绝对化的用语",
        severity=Severity.LOW,
        not_before=_DENIED,
        not_after="[项框值键]|语言|方案|网络|联系|设置|dns|地址",
        replacements=(
            ("首选品牌", "优选品牌"),
            ("首选好物", "优选好物"),
            ("首选产品", "优选产品"),
            ("不二之选", "不错之选"),
        ),
    ),
    Claim(
        name="hundred_percent",
        pattern=f"(?:100 ?%|百分之?百|百分之一百){_GAP}{{0,4}}?(?:有效|安全|治愈|无害|无副作用|成功|根治|纯天然|通过|好评|满意|可靠"
        "|不反弹|不伤|见效|中奖|赚|回本|正品|无添加|除菌|杀菌|防水|就业|录取|过关)",
        triggers=("100%", "100 %", "百分"),
        laws=_PROMISE,
        en="An absolute promise of one hundred per cent",
        zh="以“100%”作绝对化保证",
        not_before="不能?|并非|不是|无法|不可能|没有|达到|未达|进度",
    ),
    Claim(
        name="medical",
        pattern=(
            "(?:治愈率|有效率|康复率)(?:高达|达到?|为|超过?|是)? ?(?:\\d|百分|九成|十成)|药到病除|彻底治愈|彻底根治|根治|包治|永不复发|绝不复发|不再复发"
            "|无效退款|无任何副作用|无副作用|无毒副作用|没有(?:任何)?副作用|零副作用|祖传秘方|宫廷秘方|一针见效|一次见效|一贴见效|疗程(?:必|包)愈"
            f"|(?:保证|确保|承诺){_GAP}{{0,4}}(?:治愈|治好|痊愈|康复)|华佗再世|神医"
        ),
        triggers=(
            "率",
            "药到病除",
            "根治",
            "治",
            "复发",
            "无效退款",
            "副作用",
            "秘方",
            "见效",
            "愈",
            "康复",
            "华佗",
            "神医",
        ),
        laws=_MEDICAL,
        en="An assertion of efficacy or safety, or a cure rate",
        zh="含有表示功效、安全性的断言或保证,或说明治愈率、有效率",
        not_before=f"{_WARNED}|难以|尚未|能否|是否|如何|无法{_GAP}{{0,3}}|根据|不能{_GAP}{{0,3}}",
        not_after="[吗?]|学院|贫困|腐败|污染|拖欠|乱象|荒漠|病虫|欠薪|水患|顽疾|形式主义",
        not_near="谨防|骗局|严禁|处罚|虚假|不得|研究显示|临床试验|电视剧|小说|网游|游戏|不等于",
    ),
    Claim(
        name="disease",
        pattern=f"(?:治疗|治愈|防治|防癌|抗癌|治好|医治|逆转|告别|消除|预防){_GAP}{{0,4}}?(?:{_ILLNESS})|(?:防癌|抗癌|降血糖|降血压|降血脂|降三高)"
        "(?:功效|效果|作用|神器|佳品|食品|茶|手环|床垫|内衣)",
        triggers=("治", "癌", "降血", "降三高", "逆转", "告别", "消除", "预防"),
        laws=_DISEASE,
        en="A disease treatment claim, which only approved medical advertising may make",
        zh="涉及疾病预防、治疗功能",
        severity=Severity.LOW,
        not_before=f"{_WARNED}|能否|是否|如何|研究|关于|(?:{_WARNED}){_GAP}{{0,4}}|医院|医生|患者|接受|用于",
        not_after="的?(?:药物|药品|研究|费用|患者|医院|医生|专家|疫苗|知识|讲座|指南|新药|方案|技术|经费|条例|中心|工作)",
        not_near="医生|医院|患者|就医|专家|研究|不能代替|不能替代|手术|疫苗|临床|科普|病人|讲座|卫生",
    ),
    Claim(
        name="health_food",
        pattern=(
            "(?:替代|代替|取代)(?:药物|药品|吃药|降压药|胰岛素)|比(?:吃)?药(?:还|更)?(?:好|有效|管用|灵)|不用(?:再)?(?:吃药|打针)|再也不用(?:吃药|打针)"
            "|(?:停药|停掉药)(?:也|都)?(?:可以|没事|不怕)|健康必需品?|保障健康所必需|人人必需|(?:保健品|保健食品|蛋白粉|酵素|益生菌|胶囊|口服液)"
            f"{_GAP}{{0,6}}(?:治疗|治愈|治好|根治)|吃出{_GAP}{{0,2}}(?:百病不侵|百岁)|包治百病|百病不生|延年益寿|返老还童"
        ),
        triggers=("药", "必需", "治", "打针", "百病", "百岁", "延年益寿", "返老还童"),
        laws=_HEALTH_FOOD,
        en="Health food compared with medicine, claimed to treat, or called a necessity",
        zh="保健食品不得涉及治疗功能、与药品比较或声称为保障健康所必需",
        not_before=f"{_WARNED}|(?:{_WARNED}){_GAP}{{0,3}}",
        not_near="不能代替|不能替代|不得|不可|遵医嘱|电影|小说|神话|故事|传说|谨防|虚假|骗",
    ),
    Claim(
        name="finance",
        pattern=(
            "保本保息|保本(?:理财|投资|高收益|收益|无忧|稳赚)|本金保证|保证本金|保证收益|保收益|保底收益|(?:无|零)风险(?:高|投资|理财|赚|收益|套现|,|!|$)"
            "|稳赚不赔|稳赚不亏|稳赚|只赚不赔|只赚不亏|包赚|躺赚|躺着赚钱|日赚\\d|日入\\d|月入\\d{1,3}万|稳赢|必涨|稳涨|包租\\d|高额回报|高回报(?:零|无|低)风险"
            f"|(?:保证|承诺|确保|坐享){_GAP}{{0,4}}(?:回报|盈利|年化|升值|收益)|年化(?:收益率?)?(?:高达|保证|稳定在?)|(?:一年|当年|三个月)回本|轻松回本"
            f"|零风险{_GAP}{{0,2}}回报"
        ),
        triggers=(
            "保本",
            "本金",
            "收益",
            "风险",
            "赚",
            "日入",
            "月入",
            "稳",
            "必涨",
            "包租",
            "回报",
            "回本",
            "保证",
            "承诺",
            "确保",
            "坐享",
            "年化",
        ),
        laws=_FINANCE,
        en="A promise of return or of no risk",
        zh="对未来效果、收益作出保证性承诺,明示或暗示保本、无风险或保收益",
        not_before=f"{_WARNED}|非|打破|没有|能否|是否|不再?|未|告别|(?:{_WARNED}){_GAP}{{0,6}}",
        not_after="[吗?]|的骗局|骗局|陷阱|利率|不再|神话|的说法",
        not_near="骗局|陷阱|不得|谨防|警惕|禁止|虚假|诈骗|不承诺|不保证|不构成|严禁|警方|没有稳赚|风险自担",
        replacements=(("稳赚不赔", "投资有风险"), ("零风险", "有风险")),
    ),
    Claim(
        name="education",
        pattern=(
            "(?:签约|协议|百分百|一次)?(?:保过|包过)(?:班|课|,|!|。|$)|不过(?:全额)?退(?:款|费)|(?:包|保证?|确保|承诺)(?:录取|就业|拿证|取证|提分|高分|上岸|升学|考上|通过|过级|分配工作)"
            f"|(?:提|涨|提高|提升)分?\\d{{2,3}}分|命题(?:人|专家|组){_GAP}{{0,6}}(?:授课|亲授|亲自|讲解|押题)|(?:押中|押题){_GAP}{{0,4}}(?:原题|命中|率)|考前(?:泄题|原题)"
            "|(?:零基础|\\d{1,3}天)(?:包会|必过|必会|速成拿证)|必过班|通过率(?:高达|达到?)? ?(?:100|9\\d|百分)|名师保分|保分"
        ),
        triggers=("过", "退", "包", "保", "承诺", "分", "命题", "押", "泄题", "原题", "必会", "速成"),
        laws=_EDUCATION,
        en="A promise of passing, of admission or of a result",
        zh="对升学、通过考试、获得学位或证书作出保证性承诺",
        not_before=f"{_WARNED}|钱|书|背|面|红|腰|不|(?:{_WARNED}){_GAP}{{0,5}}",
        not_near="骗|谨防|虚假|不得|禁止|警惕|不承诺|不保证|参数|单元测试|用例|政府|促进就业|本场|全场|得分|篮板",
    ),
    Claim(
        name="data",
        pattern=(
            f"\\d{{1,3}}(?:\\.\\d)?%的?(?:用户|消费者|妈妈|女性|男性|专家|医生|家长|学员|客户|使用者|顾客|人){_GAP}{{0,5}}(?:推荐|好评|满意|认可|选择|表示有效|复购|改善)"
            f"|(?:\\d{1, 6}|百|千|万|几|数)?(?:百|千|万|亿)(?:用户|消费者|妈妈|家庭|女性|学员|粉丝|网友)的?(?:选择|信赖|推荐|见证|认可|口碑)|(?:专家|医生|明星|院士)(?:一致|联名|强烈|力荐|都)?(?:推荐|力荐)"
            "|(?:美白|淡斑|抗皱|保湿|祛痘|减重|瘦身)(?:有效率|提升|改善|效果提升)\\d{1,3}"
        ),
        triggers=("%", "万", "亿", "千", "百", "推荐", "力荐", "有效率", "提升", "改善"),
        laws=_DATA,
        en="Figures or endorsements without a stated source",
        zh="使用数据、统计或推荐而未表明出处",
        severity=Severity.LOW,
        not_before="据|调查显示,?|报告显示,?|统计,?|显示,?|数据,?|没有|不要",
        not_near="来源|报告|调查|统计|据|测试|检测|样本|问卷|n=|调研|显示",
    ),
    Claim(
        name="state",
        pattern=(
            "(?:中南海|人民大会堂|国务院|国家机关|中央军委|军队|部队|党政机关|人大|政协|公安部|国安部|钓鱼台)(?:专供|特供|指定用?|内供|推荐)"
            "|国家领导人(?:推荐|同款|专用|选用)|国宴(?:专用|用酒|指定|特供)"
        ),
        triggers=("供", "指定", "推荐", "国家领导人", "国宴"),
        laws=_STATE,
        en="The name or likeness of state organs used to sell",
        zh="使用国家机关、国家机关工作人员的名义或者形象",
        not_before=f"{_WARNED}|假冒|冒充|所谓的?|认定为?|(?:{_WARNED}){_GAP}{{0,5}}",
        not_after="认定|保护|的认定|骗局|案",
        not_near="查处|假冒|清理|整治|严查|专项|法院|诉讼|认定|举报",
    ),
    Claim(
        name="well_known_mark",
        pattern="(?:中国|国家|著名|荣获)?驰名商标",
        triggers=("驰名商标",),
        laws=(Law("cn", "PRC Trademark Law, art. 14(5)", "《中华人民共和国商标法》第十四条第五款"),),
        en="The words 'well-known trademark' used to advertise",
        zh="将“驰名商标”字样用于广告宣传",
        not_before=f"{_WARNED}|认定为?|假冒",
        not_after="认定|保护|的(?:认定|保护)|案|制度|侵权|司法",
        not_near="法院|诉讼|认定|查处|司法|律师",
    ),
    Claim(
        name="rivals",
        pattern=(
            f"(?:吊打|秒杀|碾压|完爆|完胜|甩开){_GAP}{{0,3}}(?:同行|竞品|同类|大牌|对手|友商|其他品牌|所有)|(?:别家|其他品牌|其他家|同行){_GAP}{{0,2}}都是(?:假|垃圾|次品|骗|山寨)"
            "|比(?:某东|某宝|某猫|大牌)(?:还|更)?(?:好|便宜|强)"
        ),
        triggers=("吊打", "秒杀", "碾压", "完爆", "完胜", "甩开", "都是", "比某", "比大牌"),
        laws=_RIVALS,
        en="Runs down other traders",
        zh="贬低其他生产经营者的商品或者服务",
        severity=Severity.LOW,
        not_before=_DENIED,
    ),
)
