#include "console/form/faulttree.h"
#include "console/form/jsonentry.h"

#include "testclasses.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace dialogue;
using namespace dialogue::console;
using namespace Qt::StringLiterals;

class TestJsonEntry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesAnyValue_data();
    void takesAnyValue();
    void saysWhereItIsNone_data();
    void saysWhereItIsNone();
    void saysWhichNumberIsRounded_data();
    void saysWhichNumberIsRounded();
    void isBounded();
    void isWrittenAsItIsRead();
    void faultsStandAtTheirPlaces();
};

void TestJsonEntry::takesAnyValue_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("an object") << u" {\"a\": 1} "_s << QJsonValue(QJsonObject{{u"a"_s, 1}});
    QTest::newRow("a text") << u"\"ä\""_s << QJsonValue(u"ä"_s);
    QTest::newRow("null") << u"null"_s << QJsonValue();
    QTest::newRow("a number of 64 bits") << u"9007199254740993"_s << QJsonValue(qint64(9007199254740993));
}

void TestJsonEntry::takesAnyValue()
{
    QFETCH(QString, text);
    QFETCH(QJsonValue, value);
    const JsonEntry entry = readJsonEntry(text);
    QVERIFY2(entry.value, qPrintable(entry.fault));
    QCOMPARE(*entry.value, value);
}

void TestJsonEntry::saysWhereItIsNone_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::newRow("nothing") << QString() << 1 << 1;
    QTest::newRow("in the first line") << u"{\"a\" 1}"_s << 1 << 6;
    QTest::newRow("in the third line") << u"{\n  \"a\": 1,\n  b: 2\n}"_s << 3 << 3;
    QTest::newRow("behind other characters") << u"{\"ä😀\": x}"_s << 1 << 8;
    QTest::newRow("behind the end") << u"1\n2"_s << 2 << 1;
    QTest::newRow("where the text ends") << u"[1,\n"_s << 2 << 1;
}

void TestJsonEntry::saysWhereItIsNone()
{
    QFETCH(QString, text);
    QFETCH(int, line);
    QFETCH(int, column);
    const JsonEntry entry = readJsonEntry(text);
    QVERIFY(!entry.value);
    QVERIFY(!entry.fault.isEmpty());
    QCOMPARE(entry.line, line);
    QCOMPARE(entry.column, column);
    QVERIFY(entry.position <= text.size());
}

void TestJsonEntry::saysWhichNumberIsRounded_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("rounded");
    QTest::newRow("a whole number of 64 bits") << u"[9223372036854775807]"_s << QString();
    QTest::newRow("one beyond") << u"[1, 9223372036854775808]"_s << u"9223372036854775808"_s;
    QTest::newRow("a price") << u"{\"a\": 19.90}"_s << QString();
    QTest::newRow("the shortest of a double") << u"0.30000000000000004"_s << QString();
    QTest::newRow("more digits than a double has")
        << u"-0.1234567890123456789"_s << u"-0.1234567890123456789"_s;
    QTest::newRow("in a text") << u"\"9223372036854775808\""_s << QString();
}

void TestJsonEntry::saysWhichNumberIsRounded()
{
    QFETCH(QString, text);
    QFETCH(QString, rounded);
    const JsonEntry entry = readJsonEntry(text);
    QVERIFY(entry.value);
    QCOMPARE(entry.rounded, rounded);
}

void TestJsonEntry::isBounded()
{
    QVERIFY(!readJsonEntry(u'"' + QString(LongestJsonEntry, u'x') + u'"').value);
    QVERIFY(!readJsonEntry(QString(100'000, u'[')).value);
}

void TestJsonEntry::isWrittenAsItIsRead()
{
    for (const QJsonValue &value : {QJsonValue(u"a\"b"_s), QJsonValue(qint64(9007199254740993)), QJsonValue(),
                                    QJsonValue(QJsonObject{{u"a"_s, QJsonArray{1, 2.5, true}}})})
        QCOMPARE(*readJsonEntry(prettyJson(value)).value, value);
}

void TestJsonEntry::faultsStandAtTheirPlaces()
{
    const FaultTree tree = FaultTree::of({{.pointer = u"/items/0/a~1b"_s, .message = u"is wrong"_s},
                                          {.pointer = QString(), .message = u"is incomplete"_s},
                                          {.pointer = u"/items"_s, .message = u"is short"_s}});
    QCOMPARE(tree.messages, QStringList({u"is incomplete"_s}));
    QCOMPARE(tree.below[u"items"_s].below[u"0"_s].below[u"a/b"_s].messages, QStringList({u"is wrong"_s}));
    QCOMPARE(tree.all(), QStringList({u"is incomplete"_s, u"items: is short"_s, u"items/0/a/b: is wrong"_s}));
}

DIALOGUE_TEST(TestJsonEntry, QCoreApplication)
#include "tst_jsonentry.moc"
