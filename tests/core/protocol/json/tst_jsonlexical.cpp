#include "core/protocol/json/lexical.h"

#include <QTest>

using namespace dialogue;

class TestJsonLexical : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passes_data();
    void passes();
    void refuses_data();
    void refuses();
    void boundsTheDepth();
    void saysWhere();
};

void TestJsonLexical::passes_data()
{
    QTest::addColumn<QByteArray>("json");

    for (const char *json : {R"([])", R"({})", R"("a")", R"(["a", 1.5, -0.25e-3, true, null])", R"([1 , 2 ])",
                             R"(["\"\\\/\b\f\n\r\t\u00e9"])", R"([".5", "1.", "[[", "\\"])", "[\n\t1\r]",
                             R"(["\\u"])", "[\"\x7f\xc3\xa9\"]"})
        QTest::newRow(json) << QByteArray(json);
}

void TestJsonLexical::passes()
{
    QFETCH(QByteArray, json);
    const Result<void> checked = json::checkLexically(json);
    QVERIFY2(checked, checked ? "" : qPrintable(checked.error().text()));
}

void TestJsonLexical::refuses_data()
{
    QTest::addColumn<QByteArray>("json");

    QTest::newRow("empty") << QByteArray();
    QTest::newRow("blank in front") << QByteArray(" []");
    QTest::newRow("line feed in front") << QByteArray("\n[]");
    QTest::newRow("tab in a string") << QByteArray("[\"\t\"]");
    QTest::newRow("line feed in a string") << QByteArray("[\"\n\"]");
    QTest::newRow("zero in a string") << QByteArray("[\"\0\"]", 5);
    QTest::newRow("unknown escape") << QByteArray(R"(["\x"])");
    QTest::newRow("upper-case u") << QByteArray(R"(["\U0041"])");
    QTest::newRow("escaped line feed") << QByteArray("[\"\\\n\"]");
    QTest::newRow("open string") << QByteArray(R"(["a)");
    QTest::newRow("open escape") << QByteArray(R"(["\)");
    QTest::newRow("string ended by an escape") << QByteArray(R"(["\"])");
    QTest::newRow("no digit behind the point") << QByteArray("[1.]");
    QTest::newRow("no digit before the point") << QByteArray("[.5]");
    QTest::newRow("sign before the point") << QByteArray("[-.5]");
    QTest::newRow("exponent behind the point") << QByteArray("[1.e5]");
    QTest::newRow("point at the end") << QByteArray("1.");
    QTest::newRow("point alone") << QByteArray(".");
}

void TestJsonLexical::refuses()
{
    QFETCH(QByteArray, json);
    const Result<void> checked = json::checkLexically(json);
    QVERIFY(!checked);
    QCOMPARE(checked.error().code, ErrorCode::ParseError);
}

void TestJsonLexical::boundsTheDepth()
{
    const auto nested = [](int depth) { return QByteArray(depth, '[') + QByteArray(depth, ']'); };
    QVERIFY(json::checkLexically(nested(json::maxDepth)));
    QVERIFY(!json::checkLexically(nested(json::maxDepth + 1)));
    QVERIFY(json::checkLexically("[[],[],{},[]]", 2));
    QVERIFY(!json::checkLexically(R"([{"a":[]}])", 2));
    QVERIFY(json::checkLexically(R"(["[[[[{{{{"])", 1));
}

void TestJsonLexical::saysWhere()
{
    const Result<void> checked = json::checkLexically("[\"ab\\x\"]");
    QVERIFY(!checked);
    QVERIFY(checked.error().message.contains(QStringLiteral("byte 5")));
}

QTEST_APPLESS_MAIN(TestJsonLexical)
#include "tst_jsonlexical.moc"
