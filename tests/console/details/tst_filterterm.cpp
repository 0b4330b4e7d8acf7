#include "console/details/filterterm.h"

#include "core/filter/filter.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace dialogue::console;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(dialogue::console::JsonSteps)

class TestFilterTerm : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wantsWhatStandsThere_data();
    void wantsWhatStandsThere();
    void isPutBehindAFilter_data();
    void isPutBehindAFilter();
};

void TestFilterTerm::wantsWhatStandsThere_data()
{
    QTest::addColumn<JsonSteps>("steps");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QString>("term");
    QTest::newRow("a member") << JsonSteps{u"price"_s} << QByteArray("10") << QByteArray(R"({"price":10})")
                              << u"data.price == 10"_s;
    QTest::newRow("all digits") << JsonSteps{u"n"_s} << QByteArray("9007199254740993")
                                << QByteArray(R"({"n":9007199254740993})") << u"data.n == 9007199254740993"_s;
    QTest::newRow("an item's member")
        << JsonSteps{u"who"_s, 1, u"name"_s} << QByteArray(R"("ann")")
        << QByteArray(R"({"who":[0,{"name":"ann"}]})") << uR"(data.who[1].name == "ann")"_s;
    QTest::newRow("an odd name") << JsonSteps{u"a \"b\""_s} << QByteArray("true")
                                 << QByteArray(R"({"a \"b\"":true})") << uR"(data["a \"b\""] == true)"_s;
    QTest::newRow("a text with escapes") << JsonSteps{u"t"_s} << QByteArray(R"("a\u0041\n\"")")
                                         << QByteArray(R"({"t":"aA\n\""})") << uR"(data.t == "aA\n\"")"_s;
    QTest::newRow("null") << JsonSteps{u"x"_s} << QByteArray("null") << QByteArray(R"({"x":null})")
                          << u"data.x == null"_s;
    QTest::newRow("an object") << JsonSteps{u"x"_s} << QByteArray("{}") << QByteArray(R"({"x":{}})")
                               << u"data.x"_s;
    QTest::newRow("all of it") << JsonSteps{} << QByteArray("7") << QByteArray("7") << u"data == 7"_s;
}

void TestFilterTerm::wantsWhatStandsThere()
{
    QFETCH(JsonSteps, steps);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, data);
    QTEST(filterTerm(FilterField::Data, steps, value), "term");
    const Result<Filter> filter = Filter::parse(filterTerm(FilterField::Data, steps, value));
    QVERIFY2(filter, filter ? "" : qPrintable(filter.error().text()));
    QVERIFY(filter->matches({.data = data}));
    QVERIFY(!filter->matches({.data = "{\"other\":1}"}));
}

void TestFilterTerm::isPutBehindAFilter_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("together");
    QTest::newRow("nothing") << u"  "_s << u"data.x"_s;
    QTest::newRow("the same") << u"data.x"_s << u"data.x"_s;
    QTest::newRow("another") << u"room == \"a\""_s << u"room == \"a\" && data.x"_s;
    QTest::newRow("one of two") << u"key || node"_s << u"(key || node) && data.x"_s;
}

void TestFilterTerm::isPutBehindAFilter()
{
    QFETCH(QString, before);
    QTEST(filterWith(before, u"data.x"_s), "together");
}

DIALOGUE_TEST(TestFilterTerm, NoApplication)
#include "tst_filterterm.moc"
