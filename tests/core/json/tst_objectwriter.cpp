#include "core/json/jsondata.h"
#include "core/json/objectwriter.h"

#include "testclasses.h"

#include <QJsonObject>
#include <QTest>

#include <limits>

using namespace dialogue;
using json::ObjectWriter;

class TestObjectWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesMembersInTheOrderOfTheCalls();
    void writesNumbersToTheLast_data();
    void writesNumbersToTheLast();
    void escapesWhatTextsHold();
    void takesAllMembersOfAnObject();
    void isAnEmptyObjectWithoutMembers();
    void beginsAnewOnceItIsTaken();
    void growsBeyondWhatWasExpected();
};

void TestObjectWriter::writesMembersInTheOrderOfTheCalls()
{
    ObjectWriter out;
    out.string(QLatin1String("z"), u"text");
    out.number(QLatin1String("y"), 7);
    out.boolean(QLatin1String("x"), true);
    out.boolean(QLatin1String("w"), false);
    out.value(QLatin1String("v"), QJsonValue(QJsonValue::Null));
    out.text(QLatin1String("u"), "[1,2]");
    QCOMPARE(out.take(), R"({"z":"text","y":7,"x":true,"w":false,"v":null,"u":[1,2]})");
}

void TestObjectWriter::writesNumbersToTheLast_data()
{
    QTest::addColumn<qint64>("number");
    QTest::newRow("zero") << qint64(0);
    QTest::newRow("largest") << std::numeric_limits<qint64>::max();
    QTest::newRow("smallest") << std::numeric_limits<qint64>::min();
    QTest::newRow("beyond a double") << qint64(9007199254740993);
}

void TestObjectWriter::writesNumbersToTheLast()
{
    QFETCH(qint64, number);
    ObjectWriter out;
    out.number(QLatin1String("n"), number);
    QCOMPARE(out.take(), "{\"n\":" + QByteArray::number(number) + '}');
}

void TestObjectWriter::escapesWhatTextsHold()
{
    ObjectWriter out;
    out.string(QLatin1String("t"), u"\"},{\n\u00e9");
    QCOMPARE(out.take(), "{\"t\":\"\\\"},{\\n\u00e9\"}");
}

void TestObjectWriter::takesAllMembersOfAnObject()
{
    ObjectWriter out;
    out.number(QLatin1String("first"), 1);
    out.members({{QStringLiteral("a\"b"), QStringLiteral("c")}, {QStringLiteral("d"), QJsonObject()}});
    out.members({});
    QCOMPARE(out.take(), R"({"first":1,"a\"b":"c","d":{}})");
}

void TestObjectWriter::isAnEmptyObjectWithoutMembers() { QCOMPARE(ObjectWriter().take(), "{}"); }

void TestObjectWriter::beginsAnewOnceItIsTaken()
{
    ObjectWriter out;
    out.number(QLatin1String("a"), 1);
    QCOMPARE(out.take(), R"({"a":1})");
    out.number(QLatin1String("b"), 2);
    QCOMPARE(out.take(), R"({"b":2})");
    QCOMPARE(out.take(), "{}");
}

void TestObjectWriter::growsBeyondWhatWasExpected()
{
    const QString longText(1000, QLatin1Char('x'));
    ObjectWriter out(4);
    out.string(QLatin1String("a"), longText);
    out.string(QLatin1String("b"), longText);
    QCOMPARE(out.take(), "{\"a\":\"" + longText.toUtf8() + "\",\"b\":\"" + longText.toUtf8() + "\"}");
}

DIALOGUE_TEST(TestObjectWriter, NoApplication)
#include "tst_objectwriter.moc"
