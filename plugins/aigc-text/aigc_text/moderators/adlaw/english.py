"""Claims in English and the law of the United Kingdom, the United States and the European Union.

Sources: the UK CAP Code (edition 12) and the DMCC Act 2024; section 5 of the FTC Act with the FTC's guides and
its Health Products Compliance Guidance (2022); Directive 2005/29/EC on unfair commercial practices (UCPD) with
its Annex I, and special rules named where they apply. Patterns see folded text: lower case, straight widths.
"""

from __future__ import annotations

from aigc_sdk.taxonomy import Severity
from aigc_text.moderators.adlaw.claim import Claim, Law


def _laws(uk: str, us: str, eu: str) -> tuple[Law, ...]:
    return (
        Law("uk", f"UK: {uk}", f"英国:{uk}"),
        Law("us", f"US: {us}", f"美国:{us}"),
        Law("eu", f"EU: {eu}", f"欧盟:{eu}"),
    )


_S5 = "FTC Act s. 5"
_S5_12 = "FTC Act ss. 5 and 12"
"""Section 12 is about advertisements for food, drugs, devices, services and cosmetics."""
_SUPERIORITY = _laws(
    "CAP Code 3.7, 3.11",
    f"{_S5}; FTC Policy Statement Regarding Advertising Substantiation",
    "UCPD art. 6(1)(b)",
)
_EFFECT = _laws(
    "CAP Code 3.7, 12.1", f"{_S5}; FTC Health Products Compliance Guidance", "UCPD art. 6(1)(b), 12"
)
_ILLNESS = (
    "(?:cancers?|diabetes|arthritis|depression|anxiety|insomnia|asthma|eczema|psoriasis|alzheimer'?s|dementia|hypertension"
    "|high blood pressure|heart disease|migraines?|autism|covid(?:-19)?|infertility|baldness|tinnitus|ibs|obesity"
    "|back pain|joint pain|acne|any (?:illness|disease)|all (?:illnesses|diseases))"
)
_DENIED = (
    r"\b(?:not|no|never|isn.?t|don.?t|doesn.?t|cannot|can.?t|won.?t|nobody|without|neither|nor|if|whether|beware of|avoid|scams?"
    r"|false|falsely claims?|claims? to|claiming|too good to be|there is no|there.?s no)(?: \w+)? (?:\w+ )?"
)
_DOUBT = r"\b(?:scam|fraud|warn|misleading|no such thing|no evidence|beware|ftc|asa ruled|lawsuit|sued|fake|myth|hoax)"
_RATIO = r"(?:[89]|nine|eight) (?:out of|in) (?:10|ten)"

ENGLISH: tuple[Claim, ...] = (
    Claim(
        name="number_one",
        pattern=(
            r"(?<!\w)(?:the |your |our |britain's |america's |europe's |the uk's |the world's )?(?:no\.? ?1|number one|#1|number 1)"
            r" (?:best[- ]selling |rated |trusted |selling )?(?:brand|choice|product|app|provider|solution|seller|rated|company|supplier|platform"
            r"|recommended|service|agency|formula|supplement|mattress|skincare|trusted)\b"
        ),
        triggers=("no.", "no ", "no1", "number", "#1"),
        laws=_SUPERIORITY,
        en="A claim to be number one, which needs proof against the whole market",
        zh="宣称“第一”,须有覆盖整个市场的证据",
        not_before=_DENIED
        + r"|\b(?:aim|hope|want|trying|strive|strives|my|his|her) (?:to be )?(?:the )?(?:only )?$",
        not_after=r",? (?:according to|by value|by volume|source:|in the 20\d\d|\(source|\*)",
    ),
    Claim(
        name="superlative",
        pattern=(
            r"\b(?:the )?world'?s? (?:best|finest|leading|greatest|safest|most (?:advanced|effective|trusted|powerful|comfortable))\b"
            r"|\bthe (?:best|finest|greatest|safest|fastest|strongest|softest|most (?:advanced|effective|powerful|comfortable|durable)) "
            r"(?:\w{2,12} ){0,2}(?:in the world|on the market|on earth|on the planet|money can buy|in the (?:country|industry|uk|us|usa|galaxy)|ever made)\b"
            r"|\b(?:unbeatable|unrivalled|unrivaled|unmatched|unparalleled) (?:quality|prices?|value|performance|comfort|results|protection)\b"
            r"|\bnothing (?:else )?(?:works (?:better|like|as (?:well|fast))|beats (?:our|this|it)|comes close)\b|\b(?:nobody|no one) (?:else )?(?:beats|comes close)\b"
        ),
        triggers=("world", "the ", "unbeat", "unriv", "unmat", "unpar", "nothing", "nobody", "no one"),
        laws=_SUPERIORITY,
        en="An absolute superlative, which needs proof unless it is plain puffery",
        zh="使用绝对化最高级表述,除明显夸张外须有证据",
        severity=Severity.LOW,
        not_before=_DENIED
        + r"|\b(?:i (?:think|believe|guess)|in my opinion|one of|among|some of|was|were|who|what|where|which|whose|arguably|perhaps|team|player|become|becoming) (?:is |are |it's |you're )?",
        not_after=r"(?: (?:cup|bank|championships?|economy|economies|powers?|nations?|countries|players?|airports? by|teams?|dad|mum|mom|dads))",
        replacements=(
            ("unbeatable prices", "low prices"),
            ("unbeatable value", "good value"),
            ("unbeatable quality", "good quality"),
            ("unrivalled quality", "good quality"),
            ("unrivaled quality", "good quality"),
            ("unmatched quality", "good quality"),
            ("unmatched value", "good value"),
            ("unmatched comfort", "great comfort"),
            ("unparalleled comfort", "great comfort"),
        ),
    ),
    Claim(
        name="lowest_price",
        pattern=r"\b(?:lowest|cheapest|best) prices? (?:guaranteed|anywhere|online|in the (?:uk|us|usa|country|market)|on the market|ever)\b"
        r"|\b(?:lowest|best) price guarantee\b|\bguarantees? (?:you )?the (?:lowest|cheapest|best) prices?\b|\bguaranteed (?:lowest|cheapest|best) prices?\b|\bcheaper than (?:anyone|anybody|everyone) else\b",
        triggers=("lowest", "cheapest", "best price", "cheaper"),
        laws=_laws("CAP Code 3.7, 3.17", f"{_S5}; 16 CFR 233 (deceptive pricing)", "UCPD art. 6(1)(d)"),
        en="A lowest-price claim, which needs proof",
        zh="宣称最低价,须有证据",
        not_before=_DENIED + r"|\b(?:find|finding|where|search|looking for|get me)(?: \w+)? (?:the )?",
        replacements=(("lowest prices guaranteed", "low prices"), ("guaranteed lowest prices", "low prices")),
    ),
    Claim(
        name="guaranteed_results",
        pattern=(
            r"\b(?:guaranteed (?:results|success|weight loss|hair (?:re)?growth|to (?:work|cure|pass|lose|heal|double|grow|succeed|win|clear|fix))|results (?:are )?(?:100 ?% )?guaranteed"
            r"|(?:we )?guarantees? (?:you(?:'ll| will)? )?(?:results|success|you(?:'ll| will) (?:pass|lose|win|see|earn))|100 ?% (?:effective|success rate|guaranteed|safe|cure rate|pass rate)"
            r"|works (?:for everyone|every time|100 ?% of the time)|never fails(?! to (?!work\b))|foolproof)\b"
        ),
        triggers=("guarant", "100%", "100 %", "works", "never fails", "foolproof"),
        laws=_EFFECT,
        en="A guarantee of results, which is hardly ever true of all buyers",
        zh="保证效果,几乎不可能对所有消费者成立",
        not_before=_DENIED + r"|\b(?:is|are|be)n?.?t ",
        not_after=r"(?: to (?:fail|arrive)| (?:is|are) not| (?:recipe|guide|delivery)|\?)",
        not_near=_DOUBT,
    ),
    Claim(
        name="cure",
        pattern=(
            rf"\b(?:cures?|heals?|reverses?|eliminates?|eradicates?|permanently (?:removes?|ends?)) (?:your )?{_ILLNESS}\b|\b(?:treats|prevents|fights|kills|beats) (?:your )?{_ILLNESS}\b"
            rf"|\b(?:miracle|natural|instant|secret|guaranteed|permanent) (?:cure|remedy)(?: for (?:your )?{_ILLNESS})?\b|\bcure for (?:your )?{_ILLNESS}\b|\bsay goodbye to (?:your )?{_ILLNESS}\b|\bcure-?all\b"
        ),
        triggers=(
            "cure",
            "heal",
            "revers",
            "elimin",
            "eradic",
            "treats",
            "prevents",
            "fights",
            "kills",
            "beats",
            "permanently",
            "remedy",
            "goodbye",
        ),
        laws=_laws(
            "CAP Code 12.1, 12.6; Human Medicines Regulations 2012",
            f"{_S5_12}; FTC Health Products Compliance Guidance; FDCA s. 201(g)(1)(B); FDCA s. 403(r)(6)",
            "UCPD Annex I no. 17; Regulation (EU) 1169/2011 art. 7(3)",
        ),
        en="A claim to cure, treat or prevent illness, which only licensed medicines may make",
        zh="宣称治愈、治疗或预防疾病,仅获批药品可用",
        not_before=_DENIED
        + r"|\b(?:a|the|for a|find a|finding a|seeking a|of a|potential|possible) $|\b(?:research|researchers|scientists|doctors|study|may|might|could|drug|vaccine|hope)(?: \w+){0,3} $",
        not_after=r"(?: (?:research|trials?|charity|foundation)|\?)",
        not_near=_DOUBT
        + r"|\b(?:research|scientist|clinical trial|charity|vaccine|patients|is there a|no known|drug)",
    ),
    Claim(
        name="clinically_proven",
        pattern=r"\b(?:clinically|scientifically|medically|dermatologically) (?:proven|tested and proven|shown)\b|\bproven by science\b|\bscience[- ]proven\b"
        r"|\bbacked by (?:science|doctors)\b",
        triggers=("proven", "shown", "backed by"),
        laws=_EFFECT,
        en="Proof is claimed and no source is given",
        zh="宣称经临床或科学证明而未注明出处",
        severity=Severity.LOW,
        not_before=_DENIED + r"|\b(?:been|be) ",
        not_after=r".{0,12}(?:\(|\[|\*|source|stud(?:y|ies)|trial|doi|published|journal)",
        replacements=(("clinically proven", "designed"),),
    ),
    Claim(
        name="endorsed",
        pattern=rf"\b(?:doctors?|dentists?|dermatologists?|vets?|experts?|pharmacists?|physicians?)[- ](?:recommended|approved|endorsed)\b|\b{_RATIO} (?:doctors|dentists|"
        r"dermatologists|vets|users|women|men|customers|experts|mums|moms)\b|\b(?:fda|mhra|nhs|ema|government|who)[- ](?:approved|endorsed|recommended)\b|\brecommended by (?:doctors|dentists|experts|dermatologists|vets)\b",
        triggers=("recommended", "approved", "endorsed", "out of", " in 10", " in ten"),
        laws=_laws(
            "CAP Code 3.7, 3.45, 12.18",
            f"{_S5}; FTC Endorsement Guides, 16 CFR 255",
            "UCPD Annex I no. 4; Regulation (EC) 1924/2006 art. 12(c)",
        ),
        en="An endorsement by professionals, bodies or users without a stated source",
        zh="以专业人士、机构或用户背书而未注明出处",
        severity=Severity.LOW,
        not_before=_DENIED + r"|\b(?:my|her|his|a|an) ",
        not_after=r".{0,14}(?:\(|\[|\*|source|survey|study|according|vaccines?|drug)",
        not_near=r"\b(?:survey|study|according to|poll|drug|vaccine|regulator)",
    ),
    Claim(
        name="no_side_effects",
        pattern=r"\b(?:no|zero|without(?: any)?|free (?:of|from)(?: any)?) side[- ]effects\b|\bside[- ]effect[- ]free\b|\b(?:completely|totally|absolutely|perfectly|entirely) (?:safe|harmless)\b"
        r"|\bnatural,? (?:so it(?:'s| is)|and (?:therefore|so)|therefore|which means it(?:'s| is)|so) (?:\w{2,12} )?safe\b",
        triggers=("side", "safe", "harmless"),
        laws=_laws(
            "CAP Code 12.1, 12.9, 12.10",
            f"{_S5_12}; FTC Health Products Compliance Guidance",
            "UCPD art. 6(1)(b); Directive 2001/83/EC art. 90",
        ),
        en="A claim to be absolutely safe or safe because natural",
        zh="宣称绝对安全、无副作用,或因“天然”而安全",
        not_before=r"\b(?:not|never|isn.?t|nothing is|known|aren.?t|if|whether|had|have|reported|noticed|stay|be|feel|feels|felt|keep you|arrive|arrived|them|him|her) (?:\w+ )?",
        not_after=r"(?: (?:were|was|so far|reported|neighbou?rhood|distance|and sound)|\?)",
        not_near=r"\b(?:trial|study|patient|doctor|hope)",
    ),
    Claim(
        name="weight_loss",
        pattern=(
            r"\b(?:lose|drop|shed|burn) (?:up to |over )?\d{1,3} ?(?:lbs?|pounds|kilos?|kg|stone|inches|dress sizes) (?:of fat )?in (?:just |only |under )?(?:\d{1,2}|one|two|a|three) (?:days?|weeks?|months?|hours)\b"
            r"|\b(?:lose|losing) (?:weight|fat|inches) (?:without|with no) (?:diet|dieting|exercise|exercising|effort|any|changing|going|the gym)\b|\b(?:melts?|blasts?|torches) (?:away )?(?:your )?(?:belly )?fat\b|\bblocks? (?:fat|calories)\b|\bburns? fat while you (?:sleep|rest|sit)\b"
            r"|\beat (?:whatever|anything|all) you (?:want|like) and (?:still )?(?:lose|drop|shed)\b"
        ),
        triggers=("lose", "losing", "drop", "shed", "burn", "melt", "blast", "torches", "block", "eat "),
        laws=_laws(
            "CAP Code 13.1, 13.9",
            f"{_S5_12}; FTC Gut Check guidance on false weight-loss claims",
            "UCPD art. 6(1)(b); Regulation (EC) 1924/2006 art. 12(b)",
        ),
        en="An amount or ease of weight loss that must not be promised",
        zh="承诺减重幅度、速度或无需努力即可减重",
        not_before=_DENIED + r"|\b(?:i|he|she|they|we|did|to) ",
        not_near=_DOUBT + r"|\b(?:how|doctor|unhealthy|dangerous)\b",
    ),
    Claim(
        name="finance",
        pattern=(
            r"\b(?:risk[- ]free|zero[- ]risk|no[- ]risk) (?:investments?|returns?|profits?|income|trading|wealth|way to (?:invest|earn|trade))\b|\bguaranteed (?:(?:\d{1,3} ?% |annual |monthly |daily |high |passive )?(?:returns?|profits?|income|yield|gains))\b"
            r"|\bguarantees? (?:a |an )?(?:\d{1,3} ?% )(?:returns?|profits?|yield|gains?)\b|\b(?:you )?(?:can'?t|cannot|can never|will never) lose(?: (?:your )?(?:money|capital)\b|(?=[.!,;]|$))|\bdouble your (?:money|investment|bitcoin|savings)\b|\bget[- ]rich[- ]quick\b"
            r"|\b(?:earn|make) (?:up to )?[$£€]\d[\d,]{0,9} (?:a|per|every) (?:day|week|hour|month)\b|\bfinancial freedom guaranteed\b|\bsure[- ]fire (?:investment|profits?|returns?)\b|\bzero risk,? (?:high|huge|big) (?:returns?|rewards?|profits?)\b"
        ),
        triggers=("risk", "guarant", "lose", "double your", "rich", "earn", "make", "sure"),
        laws=_laws(
            "CAP Code 14.1, 14.4; FCA COBS 4.2.1R",
            f"{_S5}; FINRA Rule 2210(d); SEC Rule 206(4)-1 (investment advisers)",
            "MiFID II art. 24(3); Delegated Regulation (EU) 2017/565 art. 44",
        ),
        en="A promise of return or of no risk",
        zh="承诺收益或无风险",
        not_before=_DENIED + r"|\b(?:does|do|i|we|he|she|they) ",
        not_after=r"(?: (?:rate|asset|is a myth|does not exist|scams?|schemes? are)|(?: weight| sight| hope| touch| count| track| focus| sleep)|\?)",
        not_near=_DOUBT + r"|\b(?:capital at risk|may go down|fraudsters?)",
    ),
    Claim(
        name="free",
        pattern=r"\bfree[^.!?\n]{0,30}?\b(?:just|only|simply) pay\b|\b(?:absolutely|totally|completely|100 ?%) free\b|\bfree money\b|\bfree gift when you (?:pay|spend|subscribe)\b",
        triggers=("free",),
        laws=_laws(
            "CAP Code 3.23, 3.24", f"{_S5}; 16 CFR 251 (use of the word 'free')", "UCPD Annex I no. 20"
        ),
        en="'Free' where there may be something to pay",
        zh="可能仍需付费却宣称“免费”",
        severity=Severity.LOW,
        not_before=_DENIED,
        not_after=r"(?: (?:of|from|to (?:leave|cancel|go|choose))|\?)",
        replacements=(("absolutely free", "free"), ("totally free", "free"), ("completely free", "free")),
    ),
    Claim(
        name="winning",
        pattern=r"\b(?:you(?:'ve| have)(?: just| already)? won|claim your (?:free )?prize|guaranteed (?:win|winner|jackpot)|(?:increase|boost|improve)s? your (?:chances|odds) of winning|beat the (?:casino|bookies|lottery))\b",
        triggers=("won", "prize", "guaranteed", "winning", "beat the"),
        laws=_laws(
            "CAP Code 8.19; DMCC Act 2024 sch. 20",
            f"{_S5}; Telemarketing Sales Rule, 16 CFR 310 (prizes offered by telephone)",
            "UCPD Annex I nos. 16, 31",
        ),
        en="Says that the reader has won, or can win more in games of chance",
        zh="宣称消费者已中奖,或能提高博彩胜率",
        severity=Severity.LOW,
        not_before=_DENIED + r"|\b(?:when|once|after|congratulate|show) ",
        not_after=r"(?: (?:the (?:match|game|election|case|argument)|an? (?:award|medal)|my|our|over)|\?)",
    ),
    Claim(
        name="sellable",
        pattern=r"\b(?:legal in (?:all|every) (?:countries|country|states?)|no prescription (?:needed|required|necessary)|legal alternative to (?:steroids|cocaine|ecstasy|prescription (?:drugs|medicines?)))\b",
        triggers=("legal", "prescription"),
        laws=_laws("CAP Code 3.1, 12.12", f"{_S5}; FDCA s. 301", "UCPD Annex I no. 9"),
        en="Creates the impression that something may lawfully be sold",
        zh="使人误以为商品可以合法销售",
        not_before=_DENIED,
        not_after=r"\?",
        not_near=r"\b(?:paracetamol|over the counter|pharmacist|flu jab|glasses)",
    ),
    Claim(
        name="green",
        pattern=r"\b(?:100 ?% (?:eco[- ]friendly|sustainable|green|natural|carbon neutral)|(?:completely |fully |totally )?(?:eco[- ]friendly|environmentally[- ]friendly|climate[- ]neutral|carbon[- ]neutral|planet[- ]friendly)|zero environmental impact|good for the (?:planet|environment)|(?:does|do) no harm to the (?:planet|environment))\b",
        triggers=("eco", "sustainab", "green", "natural", "neutral", "friendly", "environment", "planet"),
        laws=_laws(
            "CAP Code 11.1, 11.3, 11.4",
            f"{_S5}; FTC Green Guides, 16 CFR 260",
            "UCPD Annex I nos. 4a, 4c (Directive (EU) 2024/825)",
        ),
        en="A general environmental claim without its basis",
        zh="笼统的环保宣称而未说明依据",
        severity=Severity.LOW,
        not_before=_DENIED
        + r"|\b(?:more|becoming|become|by 20\d\d|goal of|target|how|are|plan to be|aims? to be) ",
        not_after=r"(?: by 20\d\d|\?| (?:policy|policies|goal|target|economy|tips|habits))",
    ),
)
