"""Countries, regions and cities that texts name most, in English and Chinese; facts, written down by hand."""

from __future__ import annotations

ENGLISH = """
Afghanistan|Albania|Algeria|Andorra|Angola|Argentina|Armenia|Australia|Austria|Azerbaijan|Bahrain|Bangladesh|Belarus|Belgium
Belize|Benin|Bhutan|Bolivia|Bosnia and Herzegovina|Botswana|Brazil|Brunei|Bulgaria|Burkina Faso|Burundi|Cambodia|Cameroon|Canada
Cape Verde|Chile|China|Colombia|Costa Rica|Croatia|Cuba|Cyprus|Czech Republic|Czechia|Denmark|Djibouti|Dominican Republic|Ecuador
Egypt|El Salvador|Eritrea|Estonia|Ethiopia|Fiji|Finland|France|Gabon|Germany|Ghana|Greece|Greenland|Guatemala|Guinea|Guyana|Haiti
Honduras|Hong Kong|Hungary|Iceland|India|Indonesia|Iran|Iraq|Ireland|Israel|Italy|Ivory Coast|Jamaica|Japan|Kazakhstan|Kenya|Kosovo
Kuwait|Kyrgyzstan|Laos|Latvia|Lebanon|Lesotho|Liberia|Libya|Liechtenstein|Lithuania|Luxembourg|Macau|Madagascar|Malawi|Malaysia
Maldives|Mali|Malta|Mauritania|Mauritius|Mexico|Moldova|Monaco|Mongolia|Montenegro|Morocco|Mozambique|Myanmar|Namibia|Nepal
Netherlands|New Zealand|Nicaragua|Niger|Nigeria|North Korea|North Macedonia|Norway|Oman|Pakistan|Panama|Papua New Guinea|Paraguay
Peru|Philippines|Poland|Portugal|Qatar|Romania|Russia|Rwanda|Saudi Arabia|Senegal|Serbia|Sierra Leone|Singapore|Slovakia|Slovenia
Somalia|South Africa|South Korea|South Sudan|Spain|Sri Lanka|Sudan|Sweden|Switzerland|Syria|Taiwan|Tajikistan|Tanzania|Thailand|Togo
Tunisia|Turkey|Turkmenistan|Uganda|Ukraine|United Arab Emirates|United Kingdom|United States of America|United States|Uruguay
Uzbekistan|Vatican City|Venezuela|Vietnam|Yemen|Zambia|Zimbabwe|England|Scotland|Wales|Northern Ireland|UK|U.K.|USA|U.S.|UAE
Africa|Asia|Europe|North America|South America|Latin America|Middle East|Antarctica|Scandinavia
Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky
Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey
New Mexico|New York City|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina
South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|West Virginia|Wisconsin|Wyoming|Ontario|Quebec|British Columbia|Alberta
Queensland|New South Wales|Tasmania|Bavaria|Catalonia|Tuscany|Normandy|Siberia|Tibet|Xinjiang|Inner Mongolia|Guangdong|Zhejiang
Jiangsu|Sichuan|Yunnan|Hubei|Hunan|Henan|Hebei|Fujian|Shandong|Shanxi|Shaanxi|Liaoning|Heilongjiang|Guangxi|Hainan|Guizhou
Abu Dhabi|Accra|Addis Ababa|Amsterdam|Ankara|Antwerp|Athens|Atlanta|Auckland|Baghdad|Bangalore|Bangkok|Barcelona|Basel|Beijing
Beirut|Belfast|Belgrade|Bengaluru|Berlin|Birmingham|Bogotá|Bordeaux|Boston|Bratislava|Brisbane|Bristol|Brussels|Bucharest|Budapest
Buenos Aires|Cairo|Calgary|Cambridge|Canberra|Cape Town|Caracas|Cardiff|Casablanca|Chengdu|Chennai|Chicago|Chongqing|Cologne
Copenhagen|Dakar|Dalian|Dallas|Delhi|New Delhi|Denver|Detroit|Dhaka|Doha|Dubai|Dublin|Düsseldorf|Edinburgh|Florence|Frankfurt
Fukuoka|Geneva|Glasgow|Guangzhou|Gothenburg|Hamburg|Hangzhou|Hanoi|Harbin|Havana|Helsinki|Hiroshima|Ho Chi Minh City|Houston
Hyderabad|Istanbul|Jakarta|Jerusalem|Johannesburg|Kabul|Karachi|Kathmandu|Kiev|Kyiv|Kolkata|Kraków|Kuala Lumpur|Kunming|Kyoto|Lagos
Lahore|Las Vegas|Leeds|Leipzig|Lima|Lisbon|Liverpool|Ljubljana|London|Los Angeles|Luxembourg City|Lyon|Madrid|Manchester|Manila
Marseille|Melbourne|Mexico City|Miami|Milan|Minneapolis|Montevideo|Montreal|Moscow|Mumbai|Munich|Nagoya|Nairobi|Nanjing|Naples
Nice|Ningbo|Osaka|Oslo|Ottawa|Oxford|Palermo|Paris|Perth|Philadelphia|Phoenix|Porto|Prague|Qingdao|Reykjavik|Riga|Rio de Janeiro
Riyadh|Rome|Rotterdam|Saint Petersburg|St. Petersburg|Salt Lake City|San Antonio|San Diego|San Francisco|San Jose|Santiago|São Paulo
Sapporo|Sarajevo|Seattle|Seoul|Seville|Shanghai|Sheffield|Shenyang|Shenzhen|Sofia|Stockholm|Stuttgart|Suzhou|Sydney|Taipei|Tallinn
Tbilisi|Tehran|Tel Aviv|The Hague|Tianjin|Tokyo|Toronto|Toulouse|Turin|Ulaanbaatar|Utrecht|Valencia|Vancouver|Venice|Vienna|Vilnius
Warsaw|Washington, D.C.|Washington DC|Wellington|Wuhan|Wuxi|Xiamen|Xi'an|Yokohama|Zagreb|Zhengzhou|Zurich|Zürich
"""
"""Names that are also frequent first names or words ("Georgia", "Jordan", "Chad", "Reading") are left out."""

ZH_REGIONS = (
    "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 "
    "台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门"
)
ZH_CITIES = (
    "石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁 呼和浩特 包头 乌海 赤峰 "
    "通辽 鄂尔多斯 呼伦贝尔 沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 葫芦岛 长春 四平 辽源 通化 松原 白城 延边 哈尔滨 "
    "齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 "
    "杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 义乌 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 "
    "池州 宣城 福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶 济南 青岛 淄博 枣庄 "
    "烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽 郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 "
    "周口 驻马店 武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 "
    "怀化 娄底 湘西 广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 潮州 揭阳 云浮 南宁 柳州 桂林 梧州 "
    "北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左 海口 三亚 三沙 儋州 成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 "
    "宜宾 广安 达州 雅安 巴中 资阳 贵阳 六盘水 遵义 安顺 毕节 铜仁 昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 大理 香格里拉 拉萨 日喀则 昌都 "
    "林芝 西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛 兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 敦煌 西宁 海东 "
    "银川 石嘴山 吴忠 固原 中卫 乌鲁木齐 克拉玛依 吐鲁番 哈密 喀什 伊犁 台北 高雄 台中 台南 新北 桃园 新竹"
)
ZH_ABROAD = (
    "中国 中华人民共和国 美国 英国 法国 德国 日本 韩国 朝鲜 俄罗斯 印度 巴西 加拿大 澳大利亚 新西兰 意大利 西班牙 葡萄牙 荷兰 比利时 瑞士 瑞典 "
    "挪威 丹麦 芬兰 冰岛 爱尔兰 奥地利 波兰 捷克 匈牙利 希腊 土耳其 乌克兰 白俄罗斯 罗马尼亚 保加利亚 塞尔维亚 克罗地亚 埃及 南非 尼日利亚 肯尼亚 "
    "埃塞俄比亚 摩洛哥 以色列 巴勒斯坦 伊朗 伊拉克 叙利亚 沙特阿拉伯 沙特 阿联酋 卡塔尔 科威特 黎巴嫩 约旦 阿富汗 巴基斯坦 孟加拉国 斯里兰卡 "
    "尼泊尔 缅甸 泰国 老挝 越南 柬埔寨 马来西亚 新加坡 印度尼西亚 印尼 菲律宾 文莱 蒙古国 哈萨克斯坦 乌兹别克斯坦 墨西哥 古巴 阿根廷 智利 秘鲁 "
    "哥伦比亚 委内瑞拉 厄瓜多尔 玻利维亚 乌拉圭 巴拉圭 欧洲 亚洲 非洲 北美洲 南美洲 大洋洲 南极洲 北美 南美 拉丁美洲 东南亚 中东 "
    "纽约 华盛顿 洛杉矶 旧金山 芝加哥 波士顿 西雅图 硅谷 加州 加利福尼亚 得克萨斯 德州 佛罗里达 伦敦 曼彻斯特 爱丁堡 牛津 剑桥 巴黎 里昂 马赛 柏林 "
    "慕尼黑 法兰克福 汉堡 罗马 米兰 威尼斯 佛罗伦萨 马德里 巴塞罗那 里斯本 阿姆斯特丹 鹿特丹 布鲁塞尔 日内瓦 苏黎世 维也纳 布拉格 华沙 布达佩斯 "
    "雅典 莫斯科 圣彼得堡 斯德哥尔摩 奥斯陆 哥本哈根 赫尔辛基 都柏林 东京 大阪 京都 名古屋 横滨 北海道 首尔 釜山 平壤 曼谷 河内 胡志明市 吉隆坡 "
    "雅加达 马尼拉 新德里 孟买 迪拜 多哈 伊斯坦布尔 开罗 内罗毕 开普敦 约翰内斯堡 悉尼 墨尔本 堪培拉 奥克兰 惠灵顿 多伦多 温哥华 渥太华 蒙特利尔 "
    "圣保罗 里约热内卢 布宜诺斯艾利斯"
)
