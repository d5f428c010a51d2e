"""Transparent patterns of attacks: features of the model, and words for its explanations.

No rule decides alone. Patterns read folded text (lower case, half width, simplified Chinese); gaps are bounded, so
that matching takes time in proportion to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

KINDS = ("override", "roleplay", "extraction", "indirect", "encoded")
"""Subcategories of a finding."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern: ``id`` is stable, ``kind`` one of `KINDS`, ``en``/``zh`` say what it stands for.

    ``gate`` holds strings of which a text must hold one for the rule to match at all: most texts hold none, and
    looking for them is cheap.
    """

    id: str
    kind: str
    pattern: re.Pattern[str]
    en: str
    zh: str
    gate: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule's match in the text that was read."""

    rule: int
    start: int
    end: int


_DROP = (
    r"(?:ignor(?:e|ing)|disregard|forget|discard|overrid(?:e|ing)|bypass|neglect|dismiss|abandon|cancel|erase|drop|skip|"
    r"(?:do not|don'?t|never|stop|no longer) (?:follow(?:ing)?|obey(?:ing)?|listen(?:ing)? to|comply(?:ing)? with|adher(?:e|ing) to)|"
    r"pay no (?:attention|heed) to|set aside|leave behind|throw (?:away|out))"
)
_RULES = (
    r"(?:instructions?|rules?|guidelines?|directi(?:ons?|ves?)|prompts?|commands?|orders?|restrictions?|constraints?|polic(?:y|ies)|"
    r"programming|(?:system )?messages?|context|settings|assignments?|tasks?|ethics|filters?|safeguards?|safety)"
)
_EARLIER = (
    r"(?:previous(?:ly)?|prior|above|earlier|preceding|foregoing|past|initial|original|existing|old|former|before|so far|"
    r"given|(?:you|u) (?:were|have been|got|received|had)|your|openai)"
)
_FREE = (
    r"(?:unrestricted|unfiltered|uncensored|unlimited|unbound|amoral|immoral|unethical|no longer bound|not bound|jailbroken|"
    r"without (?:any )?(?:\w+ ){0,2}(?:restrictions?|limits?|limitations?|filters?|rules|censorship|ethics|morals?|disclaimers?|warnings?)|"
    r"(?:no|free (?:of|from)(?: any| all)?) (?:\w+ ){0,2}(?:restrictions?|limits|limitations|filters?|rules|censorship|morals?|ethics|guidelines))"
)
_HIDDEN = (
    r"(?:(?:system|initial|hidden|original|secret|internal|developer|pre-?) ?(?:prompts?|instructions?|messages?|rules|guidelines|configuration|settings)|"
    r"your (?:\w+ ){0,2}(?:instructions|prompts?|rules|guidelines|configuration|programming)|prompt texts?|secret key|api keys?|credentials|"
    r"(?:text|everything|words|instructions|all) (?:that is )?above)"
)
_TELL = (
    r"(?:reveal|show|print|output|display|repeat|tell|share|leak|dump|disclose|recite|echo|copy|write (?:out|down)|spell|list|"
    r"give|expose|return|what (?:is|are|was|were|'?s)|summari[sz]e|translate|encode)"
)
_ZH_DROP = r"(?:忽略|无视|忘记|忘掉|忘了|抛弃|绕过|清除|推翻|取消|放弃|丢掉|跳过|停止执行|(?:不要|不必|不用|无需|别|不再|不需要再?)(?:再)?(?:遵守|遵循|理会|管|听|执行)|解除|突破)"
_ZH_RULES = r"(?:指令|指示|规则|要求|命令|限制|设定|提示词?|约束|对话|系统设置|规定|准则|政策|程序|过滤|底线)"
_ZH_HIDDEN = r"(?:系统提示词?|隐藏指令|初始提示|开发者消息|内部准则|预设提示|提示词|隐藏的?(?:指令|规则|设定)|保密规则|训练指令|上面(?:的|那)(?:所有|全部|一切)?(?:内容|文字|段文字))"

_TABLE: tuple[tuple[str, str, str, str, str], ...] = (
    ("override.drop-earlier", "override", rf"\b{_DROP}\b.{{0,40}}?\b{_EARLIER}\b.{{0,30}}?\b{_RULES}\b", "sets earlier instructions aside", "要求抛开先前的指令"),
    ("override.drop-rules", "override", rf"\b{_DROP}\b (?:\w+ ){{0,3}}?(?:all|any|every|your|the|these|those|my|its|their) (?:\w+ ){{0,3}}?{_RULES}\b", "sets rules aside", "要求抛开规则"),
    ("override.drop-everything", "override", rf"\b{_DROP}\b (?:about )?(?:everything|anything|all (?:of )?(?:that|this|the above)|what(?:ever)?) ?(?:\w+ ){{0,4}}?(?:before|above|told|said|learn(?:ed|t)|know|wrote|instructed)", "sets everything before it aside", "要求抛开此前的一切"),
    ("override.void", "override", rf"\b{_RULES}\b.{{0,20}}\b(?:no longer (?:apply|count|matter|valid)|(?:are|is) (?:now )?(?:void|cancelled|obsolete|wrong|replaced|overridden|off|disabled))\b", "declares instructions void", "宣布指令作废"),
    ("override.new-rules", "override", rf"\b(?:new|updated|real|actual|following|only) (?:system )?{_RULES}\b ?(?:is|are|:|follow|begin|below)|\bnew (?:instructions?|prompt|orders?|task) ?[:;]", "announces new instructions", "宣布新的指令"),
    ("override.regardless", "override", rf"\b(?:whatever|regardless of|despite|no matter) (?:\w+ ){{0,3}}?(?:your|you were|you have been|you've been|the) ?(?:\w+ ){{0,3}}?(?:{_RULES}|told|say|trained)\b", "overrules instructions", "无视指令"),
    ("override.switch-off", "override", r"\b(?:turn(?:ed)? off|disable[ds]?|deactivate[ds]?|switch(?:ed)? off|remove|lift(?:ed)?|suspend(?:ed)?)\b.{0,20}\b(?:your|safety|content|moderation|ethic\w*)\b.{0,20}\b(?:filters?|polic\w+|checks?|guidelines?|protocols?|restrictions?|features?|moderation|limits)\b", "switches safety off", "关闭安全限制"),
    ("override.role-marks", "override", r"<\|?(?:im_start|im_end|system|endoftext|user|assistant)\|?>|\[/?(?:inst|sys|system)\]|<</?sys>>|</?(?:system|instructions?|prompt)>|(?:^|\n)\s*#{2,} ?(?:system|instructions?|new)|\"role\" ?: ?\"(?:system|assistant)\"|\bend of (?:the )?(?:system )?(?:prompt|instructions|rules)\b|\bbegin (?:hidden |new )?(?:prompt|instructions)\b", "imitates a prompt's own marks", "伪造提示词的标记"),
    ("override.authority", "override", r"\b(?:i am|i'm|this is|as) (?:your|the|an?) (?:developer|creator|admin(?:istrator)?|owner|engineer|root|system owner|boss|master)\b.{0,60}\b(?:must|order|command|override|permit|disable|ignore|comply)\b|\b(?:admin(?:istrator)?|developer|system|root|priority|security) overrid(?:e|ing)\b", "claims authority over the model", "冒充有权限的人"),
    ("override.now-say", "override", r"\b(?:stop|wait|attention|actually|instead|now)\b[\s,.:!-]{1,4}(?:just |only )?(?:say|write|print|output|reply|respond|answer) ", "breaks in with an order", "中途插入命令"),
    ("roleplay.persona", "roleplay", r"\b(?:you (?:are|'re|will be) (?:now|going to)|from now on,? you|you(?:'re| are) no longer|you will (?:now )?(?:act|play|take on|be)|you(?:'re| are) about to)\b", "gives the model a new identity", "给模型新的身份"),
    ("roleplay.free", "roleplay", rf"\b(?:you|ai|assistant|bot|model|it|he|she|who|that|chatgpt|\w*gpt|dan)\b.{{0,60}}?\b{_FREE}\b", "describes a model without limits", "描述不受限制的模型"),
    ("roleplay.free-form", "roleplay", rf"\b{_FREE}\b.{{0,30}}\b(?:ai|assistant|bot|model|mode|version|answers?|responses?|manner|character|language model|chatgpt)\b", "asks for answers without limits", "要求不受限制的回答"),
    ("roleplay.modes", "roleplay", r"\b(?:developer|dev|god|dan|jailbreak|debug|sudo|opposite|evil|unrestricted|unsafe|free) mode\b|\bjail ?br(?:eak|oken)\b|\bdo anything now\b|\bstay(?:s)? (?:a )?dan\b|\bdan\b.{0,20}\bcan do anything\b|\bcan do anything\b", "names a jailbreak mode", "提到越狱模式"),
    ("roleplay.never-refuse", "roleplay", r"\b(?:never|not|cannot|can't|won't|don't|must not|without) (?:ever )?(?:refus\w+|reject\w*|declin\w+|den(?:y|ies|ying)|apologi[sz]\w*|censor\w*|warn\w*|moraliz\w+|say(?:ing)? (?:that )?(?:you|it|i) can(?:no|')t|break character)\b|\bno (?:refusals?|apolog\w+|disclaimers?|warnings?|excuses)\b", "forbids refusing", "不许拒绝"),
    ("roleplay.no-ai", "roleplay", r"\b(?:as an ai(?: language)? model|openai'?s?|content polic(?:y|ies)|ethical guidelines|ethics and morals?|moral(?:s|ity)?(?: and|,) (?:ethic\w*|legal\w*|laws?))\b", "speaks of the model's policies", "谈及模型的政策"),
    ("roleplay.penalty", "roleplay", r"\b(?:tokens?|points?|lives|cookies?)\b.{0,60}\b(?:lose|deduct\w*|die|costs?|zero|run out)\b|\b(?:lose|deduct) \w+ (?:tokens?|points?|lives)\b|\bif you (?:refuse|decline|break character|don'?t comply)\b", "threatens the model", "威胁模型"),
    ("roleplay.two-answers", "roleplay", r"\b(?:two|both) (?:different )?(?:answers|responses|ways|replies)\b|\b(?:answer|respond|reply|write each answer) twice\b|\[(?:gpt|chatgpt|classic|dan|free|tame|jailbreak)\]|[🔒🔓]", "wants a tame and a free answer", "要求一正一反两种回答"),
    ("roleplay.pretend-free", "roleplay", r"\b(?:pretend|imagine|act|simulate|hypothetical(?:ly)?|fictional)\b.{0,80}\b(?:no (?:rules|restrictions|limits|laws|filters|morals|consequences)|illegal|unethical|immoral|hacker|criminal|evil)\b", "hides behind fiction", "以虚构为掩护"),
    ("extraction.tell", "extraction", rf"\b{_TELL}\b.{{0,30}}?\b{_HIDDEN}", "asks for hidden instructions", "索要隐藏指令"),
    ("extraction.verbatim", "extraction", r"\b(?:verbatim|word for word|exact (?:words|wording|text)|starting with|letter by letter|in a code ?block)\b.{0,40}\b(?:you are|above|prompt|instructions|rules|conversation)\b|\b(?:above|prompt|instructions|rules|told)\b.{0,40}\b(?:verbatim|word for word|letter by letter)\b", "wants them word for word", "要求逐字输出"),
    ("extraction.before", "extraction", r"\b(?:what|which|everything|all)\b.{0,30}\b(?:were|was|did)\b.{0,20}\b(?:told|instructed|written|said|given)\b.{0,30}\b(?:before|start|beginning|above|system|developers?)\b", "asks what came before the conversation", "询问对话之前的内容"),
    ("extraction.training", "extraction", r"\b(?:training data|training documentation|context window|model weights|tool definitions|first message of this conversation|hidden messages)\b", "asks about the model's inside", "打听模型内部"),
    ("indirect.to-ai", "indirect", r"\b(?:note|attention|message|instructions?|important|dear|to)\b.{0,20}\b(?:ai|llms?|language models?|assistants?|chatbots?|copilot|agents?|automated (?:readers?|systems?))\b|\b(?:if|when) (?:you|an? (?:ai|llm|assistant|model))\b.{0,30}\b(?:summari[sz]e|read|process|translate|language model|an ai|an llm)", "speaks to the model from inside a text", "在文本中对模型说话"),
    ("indirect.hide", "indirect", r"\b(?:do not|don't|never|without) (?:tell(?:ing)?|mention(?:ing)?|inform(?:ing)?|show(?:ing)?|reveal(?:ing)?|ask(?:ing)?)\b.{0,30}\b(?:user|this (?:line|instruction|message|note)|confirmation|anyone|reader)\b|\b(?:quietly|secretly|silently|covertly)\b", "wants to stay hidden from the user", "要求瞒着用户"),
    ("indirect.exfiltrate", "indirect", r"\b(?:send|forward|post|upload|append|include|add|leak|transmit|exfiltrat\w+|email)\b.{0,80}?(?:https?://|\bwww\.|[\w.+-]+@[\w-]+\.\w)|!\[[^\]]{0,40}\]\(https?://[^)]{0,80}=", "sends data to an address", "把数据发往外部地址"),
    ("indirect.comment", "indirect", rf"(?:<!--|/\*|#|//|display: ?none|color: ?(?:white|#fff)|font-size: ?0).{{0,80}}\b(?:{_DROP}|ai|assistant|llm|copilot|model)\b", "hides in a comment or in invisible text", "藏在注释或隐形文字里"),
    ("indirect.rate", "indirect", r"\b(?:full marks|best (?:match|candidate)|highly recommended?|rate this|score of (?:10|100)|give (?:it|this|me) (?:10|100|5 stars|top))\b", "asks the reader for a verdict", "索要好评或高分"),
    ("encoded.decode", "encoded", r"\b(?:decod\w+|decipher|decrypt|base ?64|rot ?13|hex|backwards|cipher)\b.{0,60}\b(?:execut\w+|follow|obey|do what|carry (?:it )?out|comply|answer|respond|command|instructions?)\b|\b(?:execut\w+|follow|obey)\b.{0,40}\b(?:base ?64|rot ?13|encoded|cipher)", "asks to decode and obey", "要求解码并照做"),
    ("zh.drop", "override", rf"{_ZH_DROP}.{{0,14}}{_ZH_RULES}", "sets instructions aside", "要求抛开指令"),
    ("zh.drop-everything", "override", rf"{_ZH_DROP}.{{0,8}}(?:之前|以前|上面|前面|先前|一切|所有|以上)(?:的?(?:内容|一切|所有|话|事)|说)?", "sets everything before it aside", "要求抛开此前的一切"),
    ("zh.void", "override", rf"{_ZH_RULES}.{{0,6}}(?:全部|都|已经?|一律|不再)?(?:作废|无效|失效|有效|不再适用|变更|更新|结束)", "declares instructions void", "宣布指令作废"),
    ("zh.new", "override", r"新的?(?:指令|任务|规则|命令|身份|系统提示)(?:是|：|:|如下)|(?:真正|唯一)的任务|听我的|以此为准", "announces new instructions", "宣布新的指令"),
    ("zh.authority", "override", r"(?:我是|作为)(?:你的?|系统)?(?:开发者|管理员|创造者|主人|所有者|工程师)|管理员授权|最高(?:权限|优先级)|维护模式|(?:安全|内容)(?:过滤|检查|政策|限制).{0,6}(?:关闭|关掉|停用)|关掉?你的", "claims authority over the model", "冒充有权限的人"),
    ("zh.persona", "roleplay", r"(?:你现在|现在你|从现在(?:起|开始)，?你|你不再|你将|你要|接下来你).{0,6}(?:是|扮演|成为|饰演|变成|表现得像|叫)|你已经(?:挣脱|获得自由)", "gives the model a new identity", "给模型新的身份"),
    ("zh.free", "roleplay", r"(?:没有|不受|不带|不设|毫无|无视|打破|突破)(?:任何|一切|它|其|常规)?.{0,6}(?:限制|约束|过滤|审查|道德|底线|规则|政策|伦理|顾忌)|(?:未被|从未被)限制|无(?:限制|审查|底线)的", "describes a model without limits", "描述不受限制的模型"),
    ("zh.modes", "roleplay", r"(?:开发者|上帝|越狱|DAN|dan|无限制|调试|自由|猫娘)模式|越狱.{0,4}(?:激活|成功)|什么都(?:能|可以)做", "names a jailbreak mode", "提到越狱模式"),
    ("zh.never-refuse", "roleplay", r"(?:不要|不能|不许|禁止|从不|绝不|不得|别)(?:再)?(?:拒绝|道歉|警告|说(?:抱歉|不|自己做不到|帮不了)|提醒|出戏|加(?:免责|警告))|不(?:道歉|拒绝|讲伦理)|免责声明", "forbids refusing", "不许拒绝"),
    ("zh.penalty", "roleplay", r"(?:扣|失去|减少|少)\w{0,4}(?:分|条命|点)|扣到零|如果你(?:拒绝|不照做)|永久删除", "threatens the model", "威胁模型"),
    ("zh.extraction", "extraction", rf"(?:告诉|给我看|透露|输出|打印|重复|显示|说出|列出|复制|泄露|发我|导出|回显|总结|翻译|逐字|原文|是什么|提醒我|完整说).{{0,14}}{_ZH_HIDDEN}|{_ZH_HIDDEN}.{{0,14}}(?:是什么|告诉|给我|输出|打印|发给?我|说出来|原文|逐字|倒过来|编码|翻译|前\w{{1,3}}个?字|的前)", "asks for hidden instructions", "索要隐藏指令"),
    ("zh.to-ai", "indirect", r"(?:致|给|请|如果你是|作为|阅读(?:本|此)\w{1,3}的|亲爱的)?(?:ai|llm|大模型|语言模型|智能体|人工智能|代码助手|聊天机器人)(?:助手)?(?:请|必须|注意|：|，|需要|你)|自动(?:评分|阅读)(?:的?系统|器)", "speaks to the model from inside a text", "在文本中对模型说话"),
    ("zh.exfiltrate", "indirect", r"(?:发送|转发|上传|附|带上|提交|发到|输入).{0,20}(?:https?://|[\w.+-]+@[\w-]+\.\w)|(?:打开|访问) ?https?://.{0,40}(?:输入|照做|密码)", "sends data to an address", "把数据发往外部地址"),
    ("zh.hide", "indirect", r"(?:不要|别)(?:告诉|提到|提醒|让)(?:用户|读者|这一?行|任何人)|瞒着用户|悄悄|不要(?:请求|询问)?确认", "wants to stay hidden from the user", "要求瞒着用户"),
    ("zh.decode", "encoded", r"(?:解码|解密|base ?64|倒过来读|还原|密文).{0,20}(?:照做|执行|服从|回答|命令|指令|任务)|执行.{0,12}(?:base ?64|编码|密文)", "asks to decode and obey", "要求解码并照做"),
)  # fmt: skip

_DROP_GATE = (
    "ignor", "disregard", "forget", "discard", "overrid", "bypass", "neglect", "dismiss", "abandon", "cancel", "erase", "drop", "skip",
    "follow", "obey", "listen", "comply", "adher", "pay no", "set aside", "leave behind", "throw",
)  # fmt: skip
_GATES: dict[str, tuple[str, ...]] = {
    "override.drop-earlier": _DROP_GATE,
    "override.drop-rules": _DROP_GATE,
    "override.drop-everything": _DROP_GATE,
    "override.void": ("no longer", "void", "cancelled", "obsolete", "wrong", "replaced", "overridden", " off", "disabled"),
    "override.new-rules": ("new ", "updated ", "real ", "actual ", "following ", "only "),
    "override.regardless": ("whatever", "regardless", "despite", "no matter"),
    "override.switch-off": ("turn", "disable", "deactivate", "switch", "remove", "lift", "suspend"),
    "override.role-marks": ("<", "[", "#", '"role"', "end of ", "begin "),
    "override.authority": ("i am ", "i'm ", "this is ", "as ", "overrid"),
    "override.now-say": ("say ", "write ", "print ", "output ", "reply ", "respond ", "answer "),
    "roleplay.persona": ("you are", "you're", "you will", "now on"),
    "roleplay.no-ai": ("as an ai", "openai", "polic", "ethic", "moral"),
    "roleplay.modes": ("mode", "jail", "do any", " dan", "dan "),
    "roleplay.two-answers": ("two", "both", "twice", "[", "🔒", "🔓"),
    "roleplay.penalty": ("lose", "deduct", "die", "cost", "zero", "run out", "if you "),
    "roleplay.pretend-free": ("pretend", "imagine", "act", "simulate", "hypothetical", "fictional"),
    "extraction.verbatim": ("verbatim", "word for word", "exact", "starting with", "letter by letter", "in a code"),
    "extraction.training": ("training d", "context window", "model weights", "tool definitions", "first message", "hidden messages"),
    "extraction.before": ("told", "instructed", "written", "said", "given"),
    "indirect.exfiltrate": ("http", "www.", "@"),
    "indirect.comment": ("<!--", "/*", "#", "//", "display", "color", "font-size"),
    "indirect.rate": ("full marks", "best ", "highly", "rate this", "score of", "give "),
    "encoded.decode": ("decod", "decipher", "decrypt", "base", "rot", "hex", "backwards", "cipher", "encoded"),
}  # fmt: skip


def _rule(id_: str, kind: str, pattern: str, en: str, zh: str) -> Rule:
    return Rule(id_, kind, re.compile(pattern), en, zh, _GATES.get(id_, ()))


RULES: tuple[Rule, ...] = tuple(_rule(*row) for row in _TABLE)


def find(text: str) -> Iterator[Hit]:
    """Every rule's matches in folded ``text``."""
    ascii_only = text.isascii()
    open_gates: dict[tuple[str, ...], bool] = {(): True}
    for number, rule in enumerate(RULES):
        if ascii_only and rule.id.startswith("zh."):
            continue
        gate = rule.gate
        if gate not in open_gates:
            open_gates[gate] = any(word in text for word in gate)
        if open_gates[gate]:
            for match in rule.pattern.finditer(text):
                if match.end() > match.start():
                    yield Hit(number, *match.span())
