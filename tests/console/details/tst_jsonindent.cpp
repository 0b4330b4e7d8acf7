#include "console/details/jsonindent.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue::console;

class TestJsonIndent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void indents_data();
    void indents();
    void deepNestingStaysSmall();
};

void TestJsonIndent::indents_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("indented");
    QTest::newRow("scalar") << QByteArray(" 12 ") << QByteArray("12");
    QTest::newRow("empty object") << QByteArray("{ }") << QByteArray("{}");
    QTest::newRow("empty array") << QByteArray("[\n]") << QByteArray("[]");
    QTest::newRow("members") << QByteArray(R"({"a":1,"b" : [true,null]})")
                             << QByteArray("{\n  \"a\": 1,\n  \"b\": [\n    true,\n    null\n  ]\n}");
    QTest::newRow("digits stay") << QByteArray("[12345678901234567890,1.0e5]")
                                 << QByteArray("[\n  12345678901234567890,\n  1.0e5\n]");
    QTest::newRow("brackets in a text")
        << QByteArray(R"(["{a,\"b\\",":"])") << QByteArray("[\n  \"{a,\\\"b\\\\\",\n  \":\"\n]");
    QTest::newRow("no JSON") << QByteArray("{\"a\":") << QByteArray("{\"a\":");
    QTest::newRow("nothing") << QByteArray() << QByteArray();
}

void TestJsonIndent::indents()
{
    QFETCH(QByteArray, json);
    QTEST(indentedJson(json), "indented");
}

void TestJsonIndent::deepNestingStaysSmall()
{
    const QByteArray deep = QByteArray(500, '[') + QByteArray(500, ']');
    QVERIFY(indentedJson(deep).size() < 1000 * 140);
}

DIALOGUE_TEST(TestJsonIndent, NoApplication)
#include "tst_jsonindent.moc"
