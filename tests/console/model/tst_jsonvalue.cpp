#include "console/model/jsonvalue.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue::console;
using namespace Qt::StringLiterals;

class TestJsonValue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesAPointerApart_data();
    void takesAPointerApart();
    void findsValues_data();
    void findsValues();
};

void TestJsonValue::takesAPointerApart_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<bool>("isOne");
    QTest::addColumn<QStringList>("parts");
    QTest::newRow("the whole") << QString() << true << QStringList();
    QTest::newRow("a name") << u"/a"_s << true << QStringList{u"a"_s};
    QTest::newRow("an empty name") << u"/"_s << true << QStringList{QString()};
    QTest::newRow("several") << u"/a/0/b c"_s << true << QStringList{u"a"_s, u"0"_s, u"b c"_s};
    QTest::newRow("escapes") << u"/a~1b~0~01"_s << true << QStringList{u"a/b~~1"_s};
    QTest::newRow("no slash") << u"a"_s << false << QStringList();
    QTest::newRow("a wrong escape") << u"/~2"_s << false << QStringList();
    QTest::newRow("half an escape") << u"/a~"_s << false << QStringList();
}

void TestJsonValue::takesAPointerApart()
{
    QFETCH(QString, pointer);
    QFETCH(bool, isOne);
    QFETCH(QStringList, parts);
    const auto taken = partsOfPointer(pointer);
    QCOMPARE(taken.has_value(), isOne);
    QCOMPARE(taken.value_or(QStringList()), parts);
}

void TestJsonValue::findsValues_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QVariant>("value");
    const QByteArray json
        = R"( {"a":{"b":[1,2.5,"t\u00e9xt",true,null]},"a/b":1e3,"twice":1,"twice":2,"\u0065":3,"big":9007199254740993} )";
    const auto add = [&](const char *pointer, const QVariant &value) {
        QTest::newRow(pointer) << json << QString::fromUtf8(pointer) << value;
    };
    add("/a/b/0", 1LL);
    add("/a/b/1", 2.5);
    add("/a/b/2", u"t\u00e9xt"_s);
    add("/a/b/3", true);
    add("/a/b/4", QVariant::fromValue(nullptr));
    add("/a/b/5", QVariant());
    add("/a/b/01", QVariant());
    add("/a/b/-1", QVariant());
    add("/a/b/x", QVariant());
    add("/a/b/0/0", QVariant());
    add("/a/b", uR"([1,2.5,"t\u00e9xt",true,null])"_s);
    add("/a~1b", 1000.0);
    add("/twice", 2LL);
    add("/e", 3LL);
    add("/big", 9007199254740993LL);
    add("/none", QVariant());
    QTest::newRow("none") << QByteArray() << u"/a"_s << QVariant();
    QTest::newRow("broken") << QByteArray("{\"a\":") << u"/a"_s << QVariant();
    QTest::newRow("the whole") << QByteArray("7") << QString() << QVariant(7LL);
}

void TestJsonValue::findsValues()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, pointer);
    QFETCH(QVariant, value);
    const QVariant found = valueAt(json, *partsOfPointer(pointer));
    QCOMPARE(found.typeId(), value.typeId());
    QCOMPARE(found, value);
}

DIALOGUE_TEST(TestJsonValue, NoApplication)
#include "tst_jsonvalue.moc"
