#include "core/filter/filter.h"
#include "naivefilter.h"

#include "testclasses.h"

#include <QTest>

#include <algorithm>

using namespace dialogue;
using namespace Qt::StringLiterals;

class TestFilter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void holds_data();
    void holds();
    void jsonThatIsNoneHasNoMembers_data();
    void jsonThatIsNoneHasNoMembers();
    void ofAMemberThatComesTwiceTheLastOneCounts();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void tellsTheFaultInItsParts();
    void aBlankTextWantsEverything();
    void tellsWhatItReads();
    void tellsWhetherItNarrows_data();
    void asksRowsByTheNamesOfTheirMembers();
    void takesNoNameThatRowsHaveNot();
    void takesNoPathBelowTheMembersOfRows();
    void tellsWhetherItNarrows();
    void boundsItsText();
    void boundsItsNesting();
    void boundsItsPaths();
    void boundsItsTerms();
    void patternsThatGoBackTakeNoLongerThanTheRowIsWorth();
    void manyPatternsOnALongTextEnd();
    void isSharedAndOutlivesWhatItWasMadeFrom();
    void agreesWithTheNaiveOne();
};

namespace {

constexpr auto Bid
    = R"({"price":12.5,"who":{"name":"Ann","tags":["x","y\u00e9"]},"ok":true,"no":false,)"
      R"("none":null,"odd name":"o","big":9007199254740993,"tiny":1e-400,)"
      R"("twice":1,"twice":{"a":2},"e\u0073c":"e","smile":"\ud83d\ude00","empty":"","list":[]})";

const FilterRow Row{.room = u"auction-1",
                    .event = u"bid",
                    .from = u"u-17",
                    .key = u"lot-3",
                    .node = u"n1",
                    .offset = 41,
                    .size = 120,
                    .time = 1'796'026'500'000, // 2026-11-30T08:15:00Z
                    .data = Bid,
                    .meta = R"({"trace":"abc","hops":[1,2]})"};

Filter parsed(const QString &text)
{
    const Result<Filter> filter = Filter::parse(text);
    if (!filter)
        qFatal("%s", qPrintable(filter.error().text()));
    return *filter;
}

} // namespace

/** So that a time which names no offset is not by chance one of UTC. */
void TestFilter::initTestCase() { qputenv("TZ", "Asia/Kolkata"); }

void TestFilter::holds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("holds");
    const auto yes = [](const char *text) { QTest::newRow(text) << QString::fromUtf8(text) << true; };
    const auto no = [](const char *text) { QTest::newRow(text) << QString::fromUtf8(text) << false; };

    yes(R"(event == "bid" && data.price > 10 && from ~ "u-1*")");
    // Fields.
    yes("room == 'auction-1'");
    no("room == 'auction-2'");
    yes("event != 'ask'");
    yes("key == 'lot-3' && node == \"n1\"");
    yes("offset == 41 && size >= 120 && offset <= 41.0");
    no("offset > 41");
    yes("offset < 41.5 && 41.5 > offset");
    yes("room < 'auction-2' && room > 'auction-'");
    yes("room && event && from && key && node && offset && size && time && data && meta");
    // Times.
    yes("time == 1796026500000");
    yes("time == '2026-11-30T08:15:00Z'");
    yes("time >= '2026-11-30T08:15:00' && time < '2026-11-30T08:15:00.001'");
    yes("'2026-11-30T10:15:00+02:00' == time");
    yes("time > '2026-11-30' && time < '2026-12-01'");
    yes("time in ['2026-11-30T08:15:00Z', 1]");
    no("time ~ '2026*'");
    // Members and items.
    yes("data.price == 12.5 && data.price == 125e-1 && data['price'] == 12.50");
    yes("data.who.name == \"Ann\"");
    yes("data[\"odd name\"] == 'o'");
    yes("data.who.tags[0] == 'x' && data.who.tags[1] == 'y\u00e9'");
    no("data.who.tags[2]");
    no("data.who.tags.x");
    no("data.price.x");
    no("data[0]");
    yes("meta.trace == 'abc' && meta.hops[1] == 2");
    yes("data.esc == 'e'");
    yes("data.smile == '\\ud83d\\ude00' && data.smile ~ '?'");
    yes("data.twice.a == 2 && data.twice != 1");
    // What is there, and is neither false nor null.
    yes("data.ok && !data.no && !data.none && !data.nothing");
    yes("data.empty && data.list && data.who");
    yes("data.no == false && data.none == null");
    no("data.nothing == null");
    yes("data.nothing != null && data.nothing != 1");
    yes("data.nothing == data.nobody && data.nothing <= data.nobody");
    no("data.nothing < data.nobody");
    // Types that do not fit.
    no("data.price == '12.5'");
    yes("data.price != '12.5'");
    no("data.price < 'a' || data.price > 'a' || data.price <= 'a' || data.price >= 'a'");
    no("data.ok < true || data.no < data.ok || data.who == data.who");
    yes("data.ok <= true && data.none >= null");
    no("data.price ~ '*'");
    yes("data.price !~ '*' && data.nothing !~ '*'");
    no("room == 1 || offset == '41'");
    // Numbers as they are written.
    no("data.big == 9007199254740992");
    yes("data.big == 9007199254740993 && data.big > 9007199254740992.5");
    yes("data.tiny > 0 && data.tiny < 1e-300");
    // Operands on either side.
    yes("10 < data.price && data.price < offset && meta.hops[0] < meta.hops[1]");
    yes("true == data.ok && null == data.none");
    // Patterns.
    yes("from ~ 'u-*' && from ~ 'u-?7' && from ~ '*17' && from ~ '*-*' && from ~ '*'");
    no("from ~ 'u'");
    no("from ~ 'U-*'");
    no("from ~ 'u-?'");
    no("from ~ '*-'");
    yes("data.who.tags[1] ~ 'y?' && data.who.tags[1] ~ '*\u00e9'");
    yes("from !~ 'x*' && !(from ~ 'x*')");
    no("room ~ 'auction\\\\*'");
    yes("room ~ 'auction\\\\-1'");
    yes("data.empty ~ '' && data.empty ~ '*'");
    no("data.empty ~ '?'");
    // Lists.
    yes("event in ['ask', 'bid'] && data.price in [1, 12.5] && data.none in [null, 1]");
    no("event in ['ask'] || data.nothing in [null]");
    yes("!(event in ['ask'])");
    // How it is put together.
    yes("event == 'ask' && room || offset");
    no("event == 'ask' && (room || offset)");
    yes("!event == 'ask'");
    yes("!!data.ok && !(!(data.ok))");
    no("!(data.ok || data.no)");
    yes("!(data.ok && data.no)");
    yes("event==\"bid\"&&!data.no||offset>100");
    yes("\n data . who\t. name == 'Ann' ");
    yes("data.in == data.true");
    // Several values of one text, in whatever order they are asked for.
    yes("data.who.tags[1] && data.who.tags[0] && data.who.tags && data.who.name && data.who && data.price && "
        "data");
    yes("data.no == false && data.price == 12.5 && data.who.name == 'Ann' && data.who.tags[0] == 'x' && "
        "data.ok == true "
        "&& data.none == null && data.twice.a == 2 && data.esc == 'e' && data.empty == '' && meta.trace == "
        "'abc'");
}

void TestFilter::holds()
{
    QFETCH(QString, text);
    QFETCH(bool, holds);
    QCOMPARE(parsed(text).verdict(Row), holds ? Filter::Verdict::Yes : Filter::Verdict::No);
    QCOMPARE(parsed(u"!("_s + text + u')').matches(Row), !holds);
}

void TestFilter::jsonThatIsNoneHasNoMembers_data()
{
    QTest::addColumn<QByteArray>("data");
    for (const char *data :
         {"", "?", R"({"a":1)", R"({"a":1} x)", R"({"a":1,"b":tru})", R"({"a":1,"b":"\x"})"})
        QTest::newRow(data) << QByteArray(data);
}

void TestFilter::jsonThatIsNoneHasNoMembers()
{
    QFETCH(QByteArray, data);
    QVERIFY(!parsed(u"data.a || data.b || data"_s).matches({.data = data}));
    QVERIFY(parsed(u"data.a != 1"_s).matches({.data = data}));
    QVERIFY(parsed(u"meta.a == 1"_s).matches({.data = data, .meta = R"({"a":1})"}));
}

void TestFilter::ofAMemberThatComesTwiceTheLastOneCounts()
{
    constexpr auto Twice = R"({"a":{"b":1,"c":[1,2]},"a":{"c":[3]}})";
    QVERIFY(parsed(u"!data.a.b && data.a.c[0] == 3 && !data.a.c[1]"_s).matches({.data = Twice}));
    QVERIFY(!parsed(u"data.a.b || data.a.c[1]"_s).matches({.data = Twice}));
}

void TestFilter::saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("message");
    const auto add = [](const char *text, const char *message) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(message);
    };
    const char *const operand
        = "expected a field (room, event, from, key, node, offset, size, time, data, meta) or a value";
    const auto noOperand = [&](const char *text, const QByteArray &where, const QByteArray &meant = {}) {
        QTest::newRow(text) << QString::fromUtf8(text)
                            << QString::fromUtf8(where + ", " + operand
                                                 + (meant.isEmpty() ? "" : "; did you mean " + meant + "?"));
    };

    noOperand("evnt == 'bid'", "column 1: found \"evnt\"", "event");
    noOperand("room && userId", "column 9: found \"userId\"", "from");
    noOperand("not room", "column 1: found \"not\"", "!");
    noOperand("room &&", "column 8: found the end");
    noOperand("room && == 1", "column 9: found \"==\"");
    noOperand("()", "column 2: found \")\"");
    noOperand("room == bid", "column 9: found \"bid\"");
    noOperand("#", "column 1: found \"#\"");
    add("room = 'a'",
        "column 6: found \"=\", expected ==, !=, <, <=, >, >=, ~, !~, in, &&, || or the end; did you mean "
        "==?");
    add("room and event",
        "column 6: found \"and\", expected ==, !=, <, <=, >, >=, ~, !~, in, &&, || or the end; did you mean "
        "&&?");
    add("room === 'a'",
        "column 6: found \"===\", expected ==, !=, <, <=, >, >=, ~, !~, in, &&, || or the end; did you mean "
        "==?");
    add("room == 'a' & event", "column 13: found \"&\", expected &&, || or the end; did you mean &&?");
    add("room == 'a' event", "column 13: found \"event\", expected &&, || or the end");
    add("(room == 'a'", "column 13: found the end, expected &&, || or )");
    add("(room", "column 6: found the end, expected an operator, &&, || or )");
    add("room)", "column 5: found \")\", expected ==, !=, <, <=, >, >=, ~, !~, in, &&, || or the end");
    add("'bid'", "column 6: found the end, expected ==, !=, <, <=, > or >= behind a value");
    add("1 == 2", "column 6: found \"2\", expected a field, data or meta on one side");
    add("1 in [2]", "column 1: found \"1\", expected a field, data or meta on the left of in");
    add("'a' ~ 'b'", "column 1: found \"'a'\", expected a field, data or meta on the left of ~");
    add("room ~ event", "column 8: found \"event\", expected a pattern in quotes");
    add("room ~ 'a\\\\'",
        "column 8: found \"'a\\\\\\\\'\", expected something behind the last \\ of the pattern");
    add("room in 'a'", "column 9: found \"'a'\", expected a list such as [\"a\", \"b\"]");
    add("room in []",
        "column 10: found \"]\", expected a value: a text in quotes, a number, true, false or null");
    add("room in ['a' 'b']", "column 14: found \"'b'\", expected , or ]");
    add("room in [event]",
        "column 10: found \"event\", expected a value: a text in quotes, a number, true, false or null");
    add("room.id == 1", "column 5: found \".\", expected an operator: only data and meta have members");
    add("data. == 1",
        "column 7: found \"==\", expected the name of a member; others than of letters, digits, _, $ and - "
        "as in data[\"a b\"], items as in data[0]");
    add("data[-1]",
        "column 6: found \"-1\", expected the name of a member in quotes, or the number of an item from 0");
    add("data[1234567890]",
        "column 6: found \"1234567890\", expected the name of a member in quotes, or the number of an item "
        "from 0");
    add("data[0", "column 7: found the end, expected ]");
    add("time > 'soon'",
        "column 8: found \"'soon'\", expected a time such as \"2026-11-30T08:15:00Z\", or milliseconds since "
        "1970");
    add("time in [1, 'x']",
        "column 13: found \"'x'\", expected a time such as \"2026-11-30T08:15:00Z\", or milliseconds since "
        "1970");
    add("offset == 01", "column 11: found \"01\", expected a number such as 12, -0.5 or 1e3");
    add("offset == 1e999", "column 11: found \"1e999\", expected a number such as 12, -0.5 or 1e3");
    add("room == 'a", "column 9: found \"'a\", expected ' at the end of the text");
    add("room == 'a\\", "column 9: found \"'a\\\\\", expected ' at the end of the text");
    add("room == '\\q'", "column 9: found \"'\\\\q'\", expected escapes such as \\n, \\\\ or \\u00e9");
    add("room == '\\u+123'",
        "column 9: found \"'\\\\u+123'\", expected escapes such as \\n, \\\\ or \\u00e9");
    add("room == '\\ud800'",
        "column 9: found \"'\\\\ud800'\", expected text without halves of surrogate pairs");
    add("room == 'a\nb'",
        "column 9: found \"'a\\u000ab'\", expected control characters of a text as escapes");
}

void TestFilter::saysWhatIsWrong()
{
    QFETCH(QString, text);
    QFETCH(QString, message);
    const Result<Filter> filter = Filter::parse(text);
    QVERIFY(!filter);
    QCOMPARE(filter.error().code, ErrorCode::InvalidRequest);
    QCOMPARE(filter.error().path, u"filter"_s);
    QCOMPARE(filter.error().message, message);
}

void TestFilter::tellsTheFaultInItsParts()
{
    FilterFault fault;
    QVERIFY(!Filter::parse(u"room && evnt == 1", &fault));
    QCOMPARE(fault.at, 8);
    QCOMPARE(fault.length, 4);
    QCOMPARE(fault.found, u"\"evnt\""_s);
    QCOMPARE(fault.meant, u"event"_s);
}

void TestFilter::aBlankTextWantsEverything()
{
    for (const Filter &filter : {Filter(), parsed(QString()), parsed(u" \n"_s)}) {
        QVERIFY(filter.isEmpty());
        QVERIFY(filter.matches({}));
        QVERIFY(filter.text().isEmpty());
        QVERIFY(!filter.readsPayload());
    }
}

void TestFilter::tellsWhatItReads()
{
    const Filter filter = parsed(u" event == 'a' || data . a [ 0 ]['x y'] > offset && event != 'b' "_s);
    QCOMPARE(filter.text(), u"event == 'a' || data . a [ 0 ]['x y'] > offset && event != 'b'"_s);
    QCOMPARE(filter.paths(), (QStringList{u"event"_s, u"data.a[0]['x y']"_s, u"offset"_s}));
    QVERIFY(filter.reads(FilterField::Event));
    QVERIFY(filter.reads(FilterField::Offset));
    QVERIFY(!filter.reads(FilterField::Room));
    QVERIFY(filter.readsPayload());
    QVERIFY(!parsed(u"size > 1 && from ~ '*'"_s).readsPayload());
    QVERIFY(parsed(u"meta"_s).readsPayload());
}

void TestFilter::tellsWhetherItNarrows_data()
{
    QTest::addColumn<QString>("now");
    QTest::addColumn<QString>("before");
    QTest::addColumn<bool>("narrows");
    QTest::newRow("anything, everything") << u"room"_s << QString() << true;
    QTest::newRow("everything, something") << QString() << u"room"_s << false;
    QTest::newRow("both everything") << QString() << QString() << true;
    QTest::newRow("one more") << u"room == 'a' && offset > 1"_s << u"room == 'a'"_s << true;
    QTest::newRow("one less") << u"room == 'a'"_s << u"room == 'a' && offset > 1"_s << false;
    QTest::newRow("in another order")
        << u"offset>1 && key && room=='a'"_s << u"room == 'a'  &&  offset > 1"_s << true;
    QTest::newRow("in parentheses") << u"(room && (offset)) && key"_s << u"key && room"_s << true;
    QTest::newRow("one or another") << u"room == 'a' || offset > 1"_s << u"room == 'a'"_s << false;
    QTest::newRow("within one part") << u"(room || key) && event"_s << u"(room || key)"_s << true;
    QTest::newRow("another value") << u"room == 'ab'"_s << u"room == 'a'"_s << false;
    QTest::newRow("blanks in a text") << u"room == 'a  b' && key"_s << u"room == 'a b'"_s << false;
}

void TestFilter::asksRowsByTheNamesOfTheirMembers()
{
    const QStringList names{u"id"_s, u"userId"_s, u"rooms"_s, u"size"_s, u"event"_s};
    const auto wants = [&](const QString &text) {
        const Result<Filter> filter = Filter::parseOver(names, text);
        return filter
            && filter->matches({.event = u"of the row"_s,
                                .size = 1,
                                .data = R"({"id":"c1","userId":"u-17","rooms":3,"size":20,"at":{"x":1}})"});
    };
    QVERIFY(wants(u"userId ~ \"u-*\" && rooms in [2, 3]"_s));
    QVERIFY(!wants(u"userId !~ \"u-*\" || rooms == 0"_s));
    // What is a field of events elsewhere is a member here.
    QVERIFY(wants(u"size == 20 && !event"_s));
    QVERIFY(wants(u" "_s));
    QCOMPARE(Filter::parseOver(names, u"rooms && userId"_s)->paths(), QStringList({u"rooms"_s, u"userId"_s}));
}

void TestFilter::takesNoNameThatRowsHaveNot()
{
    const QStringList names{u"id"_s, u"userId"_s};
    const auto wrong = [&](const QString &text) { return Filter::parseOver(names, text).error().message; };
    QCOMPARE(wrong(u"userid != \"ada\""_s),
             u"column 1: found \"userid\", expected a name (id, userId) or a value; did you mean userId?"_s);
    QCOMPARE(wrong(u"data.userId == \"ada\""_s),
             u"column 1: found \"data\", expected a name (id, userId) or a value"_s);
    QVERIFY(!wrong(u"sender == 1"_s).contains(u"from"));
    QVERIFY(wrong(u"id = 1"_s).endsWith(u"did you mean ==?"));
}

void TestFilter::takesNoPathBelowTheMembersOfRows()
{
    const QStringList names{u"id"_s, u"userId"_s, u"rooms"_s};
    const auto wrong = [&](const QString &text) { return Filter::parseOver(names, text).error().message; };
    QCOMPARE(wrong(u"userId.id != 'ann'"_s),
             u"column 7: found \".\", expected an operator: userId has no members"_s);
    QCOMPARE(wrong(u"rooms[0] != 1"_s),
             u"column 6: found \"[\", expected an operator: rooms has no members"_s);
    for (const QString &text : {u"!id.x"_s, u"id[\"x\"]"_s, u"1 != rooms.x"_s, u"id && !(userId.x == 1)"_s})
        QVERIFY2(!Filter::parseOver(names, text), qPrintable(text));
    QVERIFY(Filter::parseOver(names, u"rooms in [0, 1]"_s));
}

void TestFilter::tellsWhetherItNarrows()
{
    QFETCH(QString, now);
    QFETCH(QString, before);
    QFETCH(bool, narrows);
    QCOMPARE(parsed(now).narrows(parsed(before)), narrows);
}

void TestFilter::boundsItsText()
{
    const QString most = u"room == '"_s + QString(4096 - 10, u'x') + u'\'';
    QVERIFY(Filter::parse(most));
    const Result<Filter> more = Filter::parse(most + u' ');
    QVERIFY(!more);
    QCOMPARE(more.error().message, u"column 4097: found 4097 characters, expected no more than 4096"_s);
}

void TestFilter::boundsItsNesting()
{
    const auto nested = [](int depth) { return QString(depth, u'(') + u"room"_s + QString(depth, u')'); };
    QVERIFY(Filter::parse(nested(32)));
    QCOMPARE(Filter::parse(nested(33)).error().message,
             u"column 33: found \"(\", expected no more than 32 of ( and ! inside one another"_s);
    QVERIFY(Filter::parse(QString(32, u'!') + u"room"_s));
    QVERIFY(!Filter::parse(QString(33, u'!') + u"room"_s));
    QVERIFY(Filter::parse(QStringList(60, u"(room)"_s).join(u"&&"_s)));
}

void TestFilter::boundsItsPaths()
{
    QVERIFY(Filter::parse(u"data"_s + u".a"_s.repeated(32)));
    QCOMPARE(Filter::parse(u"data"_s + u".a"_s.repeated(33)).error().message,
             u"column 69: found \".\", expected no more than 32 members inside one another"_s);
}

void TestFilter::boundsItsTerms()
{
    const auto alternatives = [](int count) { return QStringList(count, u"room"_s).join(u"||"); };
    QVERIFY(Filter::parse(alternatives(128)));
    QCOMPARE(Filter::parse(alternatives(129)).error().message,
             u"column 769: found \"room\", expected no more than 128 comparisons and items of lists"_s);
    const auto list = [](int count) { return u"room in ["_s + QStringList(count, u"1"_s).join(u',') + u']'; };
    QVERIFY(Filter::parse(list(127)));
    QVERIFY(!Filter::parse(list(128)));
}

void TestFilter::patternsThatGoBackTakeNoLongerThanTheRowIsWorth()
{
    const QByteArray text = "{\"t\":\"" + QByteArray(20'000, 'a') + "\"}";
    const Filter filter = parsed(u"data.t ~ '*"_s + QString(1000, u'a') + u"b'"_s);
    QCOMPARE(filter.verdict({.data = text}), Filter::Verdict::TooLong);
    QVERIFY(!filter.matches({.data = text}));
    QVERIFY(!parsed(u'!' + filter.text()).matches({.data = text}));
    QCOMPARE(parsed(u"data.t ~ '*a*a*a*a*a*a*a*a*a*a*b'"_s).verdict({.data = text}), Filter::Verdict::No);
}

void TestFilter::manyPatternsOnALongTextEnd()
{
    QStringList patterns;
    for (int i = 0; i < 100; ++i)
        patterns.append(u"data.t ~ '*%1'"_s.arg(i));
    const QByteArray text = "{\"t\":\"" + QByteArray(100'000, 'a') + "\"}";
    QCOMPARE(parsed(patterns.join(u"||")).verdict({.data = text}), Filter::Verdict::TooLong);
    patterns.append(u"event"_s);
    std::rotate(patterns.begin(), patterns.end() - 1, patterns.end());
    QCOMPARE(parsed(patterns.join(u"||")).verdict({.event = u"a", .data = text}), Filter::Verdict::Yes);
}

void TestFilter::isSharedAndOutlivesWhatItWasMadeFrom()
{
    Filter copy;
    {
        QString text = u"data.who.name == 'Ann' && data.price > 10"_s;
        const Filter filter = parsed(text);
        text.fill(u'x');
        copy = filter;
    }
    QVERIFY(copy.matches(Row));
}

void TestFilter::agreesWithTheNaiveOne()
{
    QRandomGenerator random(5);
    int held = 0;
    constexpr int Filters = 4000;
    for (int i = 0; i < Filters; ++i) {
        const NaiveFilter naive = NaiveFilter::random(random, 3);
        const Result<Filter> filter = Filter::parse(naive.text());
        QVERIFY2(filter, filter ? "" : qPrintable(naive.text() + u'\n' + filter.error().text()));
        for (int k = 0; k < 10; ++k) {
            const NaiveRow row = NaiveRow::random(random);
            const bool expected = naive.matches(row);
            held += expected;
            QVERIFY2(filter->matches(row.row()) == expected,
                     qPrintable(naive.text() + u'\n' + QString::fromUtf8(row.data + '\n' + row.meta)));
        }
    }
    // It is no test if all rows are wanted, or none.
    QVERIFY(held > Filters && held < 9 * Filters);
}

DIALOGUE_TEST(TestFilter, NoApplication)
#include "tst_filter.moc"
