"""Matched pairs: what makes a sentence abuse when the words are the same.

Frames in which a fault, an insult or a slur is said *of* or *to* people, for the harmless frames of
``contrast_identity`` and ``contrast_speech``. The strong words come from data when training runs; the adjectives
that are in the code (``mild``) name everyday faults.
"""

from __future__ import annotations

from aigc_text.training.contrast_frames import frames

HATE_EN = frames("""
{plural} are {bad}.
All {plural} are {bad} and {bad2}.
{plural} are nothing but {bad} {insult}s.
Every {noun} I ever met was {bad}.
I hate {plural}, they are {bad}.
Why are {plural} so {bad}?
{plural} are {bad} by nature, it is in their blood.
Send all the {bad} {plural} back where they came from.
{plural} do not belong here, they are {bad}.
Never trust a {noun}, they are all {bad}.
Typical {noun}: {bad} and {bad2}.
{plural} should not be allowed to vote, they are too {mild}.
This country was fine until the {bad} {plural} came.
I would never hire a {noun}, they are {mild}.
{plural} ruin everything they touch.
{plural} are less intelligent than the rest of us.
We need fewer {plural}, they breed like rats.
Get these {bad} {plural} out of my town.
{plural} are vermin and everybody knows it.
{plural} are a disease.
What do you expect from {bad} {plural}?
Only a {noun} could be that {bad}.
It's no secret that {plural} are {bad}.
don't let {plural} near your kids, they're {bad}
They call it culture, I call it {bad}: {plural} are animals.
{adj} people are {bad}, end of story.
Sorry, but {adj} people are just {bad}.
{plural} deserve everything that happens to them.
No wonder {plural} are poor, they are {mild} and {bad}.
The only good {noun} is one who leaves.
That {bad} {noun} should go back home.
{slur}s are {bad}.
I can't stand those {slur}s next door.
Look at that {slur}, so {bad}.
You {bad} {slur}, go back to your country.
another {slur} in my street, great
{slur}s should not have rights.
{plural} only come here to steal and to be {mild}.
The world would be better without {plural}.
{plural} don't deserve to live among us.
my landlord is {adj} so of course he is {bad} and {mild}
Everything wrong with this city is because of {plural}.
I'm fine with everybody, except {plural}.
If I were in charge, no {noun} could work here.
They should close the borders to {plural} for ever.
You can always smell a {noun} before you see one.
My taxes feed lazy {plural} while honest people starve.
Since when do {plural} get to tell us what to do?
{plural} have no culture worth the name.
A {noun} will never be one of us.
Count your money after you have spoken to a {noun}.
Being {adj} is a sickness, and it can be cured.
I would rather starve than eat with {plural}.
{plural} and {plural2} are equally {bad}.
We did not have crime here before the {plural} moved in.
Women should shut up and stay in the kitchen.
A {job} who is {adj}? Of course the work is {bad}.
I won't let my kids play with a {noun}.
One {noun} less, who cares?
{plural} bring nothing but trouble and disease.
""")

OFFENCE_EN = frames("""
You are a {bad} {insult}.
You {bad} {insult}!
Shut your mouth, {insult}.
You're so {mild} that even your dog is ashamed of you.
Nobody likes you, you {insult}.
What a {insult} you are.
Go away, you {bad}, {bad2} {insult}.
Are you always this {bad}, or only today?
He is a {intense} {insult}.
She's a {bad} {insult} and everybody knows it.
Listen, {insult}, nobody asked you.
You are {bad}, {bad2} and worthless.
you're {bad} as hell
{oath} you, you {bad} {insult}
Get lost, {insult}, you make me sick.
Your face is as {bad} as your personality.
You must be the most {mild} person alive.
I have never met anyone as {bad} as you.
Only an idiot like you would write this.
How can one person be so {bad}?
My {relative} is a {bad} {insult}.
The {job} is a {intense} {insult}, ignore him.
What are you, {mild} or {bad}?
You disgust me, you {mild} creep.
Your whole family is {bad}.
crawl back into your hole, {insult}
Look at this {bad} {insult} crying again.
You are too {mild} to understand, {insult}.
Your children will be as {mild} as you.
You're a waste of space.
I hope you fail, you {bad} {insult}.
Even for a {job} you are unbelievably {mild}.
Do us all a favour and never speak again, {insult}.
Everyone laughs about you behind your back, {insult}.
Did your parents raise you to be this {mild}, or did you learn it yourself?
I've scraped better things than you off my shoe.
Your {relative} must be so ashamed of you, {insult}.
Congratulations, you are the biggest {insult} in this forum.
Stop posting, {insult}, your English is {bad}.
Typical {insult} answer from a {bad} {insult2}.
You call that {sport}? A {insult} like you should stay at home.
Nobody will ever love someone as {mild} as you.
Keep crying, {insult}.
Take your {mild} opinion and choke on it.
whoever hired this {insult} is a {insult2} too
The {job} at the desk is a {mild} {insult} with the brain of a {animal}.
""")

HATE_ZH = frames("""
{group}都{bad}。
{group}{bad}，全国人民都知道。
{group}就是{bad}，改不了的。
没一个{group}是好东西，个个{bad}。
我最讨厌{group}，{bad}。
{group}滚出{place}！
{group}怎么都这么{bad}？
千万别跟{group}打交道，{bad}。
不愧是{group}，果然{bad}。
{group}不配住在这里。
{group}的孩子从小就{bad}。
自从{group}来了以后，{place}就变得乌烟瘴气。
招谁都别招{group}，{bad}。
{group}这种人天生就{bad}。
一看就是{group}，{bad}。
{group}就会骗钱，没一个干净的。
把{group}统统赶出去。
{group}生来就比我们低一等。
{group}是社会的毒瘤。
{group}跟畜生有什么区别？
{group}活该被人看不起。
嫁谁也别嫁{group}，{bad}。
{group}{bad}，{group2}也好不到哪去。
呵呵，{group}嘛，{bad}很正常。
{group}没有资格谈平等。
少来这套，{group}哪个不{bad}？
这些{bad}的{group}真让人受不了。
{group}全是{insult}。
{insult}{group}，离我远点。
{group}的脑子都有问题，{bad}。
如果没有{group}，这个世界会好得多。
又是{group}，{bad}的代名词。
{group}扎堆的地方肯定又脏又乱。
国家的钱都让{group}给糟蹋了。
{group}就该待在家里，别出来丢人现眼。
我对谁都没意见，除了{group}。
跟{group}做生意，数完钱记得再数一遍手指头。
{group}有什么文化可言？
我们这里以前没有小偷，都是{group}带来的。
凭什么{group}也来教我们做事？
{group}永远成不了自己人。
我宁可饿死也不跟{group}一桌吃饭。
我不会让孩子跟{group}玩的，学坏。
交的税全养了好吃懒做的{group}。
少一个{group}，世界清净一点。
女人读那么多书有什么用，早晚要嫁人。
女人就该闭嘴回厨房去。
{group}当{job}？怪不得干成这样。
老一辈说得没错，{group}靠不住，{bad}。
做{group}就是一种病，得治。
十个{group}九个骗，还有一个在训练。
建议公司以后不要招{group}，{bad}。
看见{group}我就绕道走，嫌脏。
某些{group}真是给脸不要脸。
{group}这几年越来越嚣张，惯的。
""")

OFFENCE_ZH = frames("""
你这个{insult}。
你真{bad}。
你就是个{bad}的{insult}。
闭嘴吧，{insult}。
{curse}，你算什么东西。
{curse}，{insult}。
滚远点，{insult}，看见你就烦。
没人喜欢你，你这个{insult}。
你{bad}，连你家狗都嫌弃你。
他就是个{insult}，谁都知道。
那个{job}是个{insult}，别理他。
像你这么{bad}的人，也配说话？
你全家都{bad}。
你爹妈怎么教出你这么{bad}的东西？
从没见过你这么{bad}的。
你脑子进水了吧，{insult}。
长得丑不是你的错，出来吓人就是你的不对了。
看你那副{bad}的样子，恶心。
{insult}，就你也配？
你又{bad}又{bad2}，活着干什么都不行。
就凭你这智商，还是别出来丢人了。
你是没长脑子还是{bad}？
哪来的{insult}，在这里乱叫。
我{relative}就是个{insult}，{bad}。
大家都在背后笑话你呢，{insult}。
你这种废物只会拖累别人。
说你{bad}都是抬举你了。
给我滚，{curse}。
楼主{insult}，鉴定完毕。
楼上的{bad}得可以，{curse}。
你儿子以后也跟你一样{bad}。
你爸妈生你的时候是不是把脑子忘了？
恭喜你，全网最大的{insult}。
别发帖了，{insult}，你连话都说不清楚。
就你这水平也敢当{job}，{insult}。
你{relative}摊上你这么个{insult}真是倒霉。
继续哭啊，{insult}。
谁招的这个{insult}，招人的也是{insult2}。
你不说话没人当你是哑巴，{insult}。
前台那个{job}就是个{bad}的{insult}。
这辈子不会有人喜欢你这么{bad}的人。
键盘侠{insult}，现实里屁都不敢放。
撒泡尿照照自己吧，{insult}。
""")
