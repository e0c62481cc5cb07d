"""The spellings of our columns in other languages, in the form of spellings.py. A table, and nothing else."""

from __future__ import annotations

ENDS = """
origin      + ladehafen | abgangshafen | von | порт отправления | порт погрузки | откуда | 출발항 | 선적항 | 출발지
origin      + 出発港 | 出港地 | 積港 | 積地 | 起运港 | 装货港 | 始发港 | port de chargement | port de départ | origine
origin      + kalkış limanı | yükleme limanı | çıkış limanı
destination + varış limanı | boşaltma limanı
origin      + станция отправления | puerto de carga | puerto de origen | puerto de salida | origen
destination + löschhafen | zielhafen | nach | порт назначения | порт выгрузки | куда | 도착항 | 양하항 | 도착지
destination + 到着港 | 揚港 | 揚地 | 仕向港 | 仕向地 | 目的港 | 卸货港 | 到达港 | port de déchargement | port d'arrivée
origin      + ميناء المغادرة | ميناء الشحن | ميناء التحميل | بلد المنشأ | من
destination + ميناء الوصول | ميناء التفريغ | ميناء الوجهة | بلد الوجهة | إلى
origin      + отправление | пункт отправления | место отправления | порт отгрузки | порт відправлення | відправлення
origin      + 출발 | 선적지 | 发货港 | 出发港 | 出发地 | 启运港 | 启运地 | 装船港 | 発地 | 船積港 | porto di carico
origin      + porto di partenza
origin      + porto de embarque | porto de origem | porto de carga | origem | partenza | liman kalkış | بندر مبدأ | مبدأ
destination + назначение | пункт назначения | место назначения | порт прибытия | порт призначення | призначення
destination + 도착 | 하역항 | 양륙항 | 목적지 | 到达地 | 目的地 | 卸船港 | 着地 | 荷揚港 | porto di scarico
destination + porto di destinazione
destination + porto de desembarque | porto de destino | porto de descarga | destinazione | بندر مقصد | مقصد
destination + станция назначения | puerto de descarga | puerto de destino | puerto de llegada | destino
"""
COUNTS = """
{0} + طن | عدد | عدد الحاويات | الكمية | الوزن
{0} + количество вагонов | количество тонн | объем | вес нетто | вес брутто
{0} + anzahl container | anzahl | menge | stückzahl | контейнеры | количество контейнеров | количество | 컨테이너
{0} + 컨테이너 수 | 수량 | コンテナ | コンテナ数 | コンテナ数量 | 数量 | 集装箱 | 集装箱数量 | 箱量 | conteneurs
{0} + quantité | nombre de conteneurs | contenedores | cantidad | número de contenedores
{0} + konteyner sayısı
{0} + 货运量 | 吞吐量 | 货物量 | 貨物量 | 取扱量
{0} + 화물량 | 물동량 | コンテナ個数 | コンテナ本数 | 箱数 | 集装箱数 | 箱数量 | numero di container | quantità
{0} + número de contêineres | quantidade | кількість | кількість контейнерів | تعداد کانتینر | تعداد
{0} ? gewicht | poids | peso | ağırlık | 重量 | 중량
{0} ? вес | масса
"""
SAYING = """
unit     = единица | jednostka | unità | unidade | واحد | الوحدة | birim
mode     = вид транспорта | вид транспорту | 운송수단 | 운송 수단 | 运输方式 | 輸送手段 | 輸送方法 | modo de transporte
mode     = mode de transport | verkehrsträger | transportmittel | modo di trasporto | taşıma şekli | وسيلة النقل
cargo    = груз | наименование груза | вид груза | вантаж | 화물 | 품목 | 화물명 | 货物 | 货名 | 品名 | 貨物 | 貨物名
cargo    = carga | mercancía | marchandise | marchandises | fracht | ladung | mercadoria | merce | yük | البضاعة
cargo    = محموله
claimant + источник | по данным | источник информации | джерело | 출처 | 정보원 | 来源 | 消息来源 | 信息来源 | 出典
claimant + 情報源
claimant + fuente | quelle | fonte | kaynak | źródło | المصدر | مصدر | منبع
outlet   + издание | сми | видання | 매체 | 언론사 | 媒体 | 媒體 | 掲載紙 | 報道機関 | medio | média | medien | veículo
outlet   + الصحيفة | وسيلة الإعلام
said_on  + дата публикации | дата сообщения | дата публікації | 보도일 | 게시일 | 发布日期 | 报道日期 | 報道日 | 掲載日
said_on  + fecha de publicación | date de publication | veröffentlicht am | data di pubblicazione | data de publicação
said_on  + تاريخ النشر | yayın tarihi
words    + цитата | 인용 | 인용문 | 原文 | 引文 | 引用 | cita | citation | zitat | citazione | citação | اقتباس
url      + ссылка | посилання | 링크 | 链接 | 網址 | 网址 | リンク | enlace | lien | collegamento | رابط | bağlantı
note     + примечание | примечания | примітка | 비고 | 备注 | 備考 | nota | notas | remarque | remarques | bemerkung
note     + anmerkung | ملاحظات | açıklama | توضیحات
"""
LEGS = """
depart   + kalkış tarihi
depart   + дата погрузки | تاريخ المغادرة
depart   + abfahrt | abfahrtsdatum | дата отправления | дата выхода | 출발일 | 출항일 | 出発日 | 出港日 | 开航日期
depart   + 开船日期 | 离港日期 | date de départ | départ | fecha de salida | salida
depart   + дата отгрузки | дата отправки | дата відправлення | 선적일 | 출발 날짜 | 发货日期 | 装船日期 | 起运日期
depart   + 船積日 | 積日
depart   + data de partida | data de embarque | data di partenza | data di carico | fecha de embarque
depart   + verladedatum | تاريخ الشحن | تاریخ حرکت
depart   ? datum | дата | 날짜 | 日付 | 日期 | fecha
arrive   + ankunft | ankunftsdatum | дата прибытия | 도착일 | 입항일 | 到着日 | 入港日 | 到达日期 | 到港日期
arrive   + date d'arrivée | arrivée | fecha de llegada | llegada
arrive   + varış tarihi | дата выгрузки | تاريخ الوصول
arrive   + дата прихода | дата приходу | прибытие | дата доставки | 하역일 | 도착 날짜 | 抵港日期 | 卸货日期 | 揚日
arrive   + 荷揚日
arrive   + data de chegada | data di arrivo | fecha de descarga | date de déchargement | löschdatum | تاریخ ورود
vessel   = судно | название судна | имя судна | теплоход | назва судна | 선박 | 선박명 | 선명 | 船名 | 船舶 | 船舶名
vessel   = 船
vessel   = buque | nombre del buque | barco | navire | nom du navire | schiff | schiffsname | navio | nome do navio
vessel   = nome della nave | gemi | gemi adı | اسم السفينة | السفينة | سفينة | نام کشتی | statek
imo      = номер имо | имо | imo 번호 | imo 编号 | imo番号 | numero imo | numéro omi | número omi | omi | imo nummer
carrier  + перевозчик | судоходная линия | перевізник | 선사 | 운송사 | 船公司 | 承运人 | 船会社 | 運送会社 | naviera
carrier  + compagnie maritime | transporteur | reederei | armatore | transportadora | الناقل | شركة الشحن
"""
