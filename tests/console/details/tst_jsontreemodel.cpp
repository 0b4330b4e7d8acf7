#include "console/details/jsontreemodel.h"

#include "testclasses.h"

#include <QAbstractItemModelTester>
#include <QJsonValue>
#include <QSignalSpy>
#include <QTest>

using namespace dialogue;
using namespace dialogue::console;
using namespace Qt::StringLiterals;

class TestJsonTreeModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsWhatStandsThere();
    void readsWhatSomebodyLooksInto();
    void knowsWhereSomethingStands();
    void findsAPlace_data();
    void findsAPlace();
    void showsFaultsOfTheData();
    void knowsAttachments_data();
    void knowsAttachments();
    void takesWhatIsNoJson_data();
    void takesWhatIsNoJson();
    void isAModelWhateverComes();
};

namespace {

const QByteArray Data
    = R"({"price":12345678901234567890,"who":{"name":"ann","tags":["a","b"]},"none":null,"on":true,"a/b":1})";

QVariant cell(const QAbstractItemModel &model, int row, int column, const QModelIndex &parent)
{
    return model.index(row, column, parent).data();
}

} // namespace

void TestJsonTreeModel::showsWhatStandsThere()
{
    JsonTreeModel model;
    model.setEvent(Data, R"({"admin":"ada"})");
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(cell(model, 0, JsonTreeModel::Name, {}), QVariant(u"data"_s));
    QCOMPARE(cell(model, 0, JsonTreeModel::Value, {}), QVariant(5));
    QCOMPARE(cell(model, 1, JsonTreeModel::Name, {}), QVariant(u"meta"_s));
    const QModelIndex top = model.index(0, 0);
    model.fetchMore(top);
    QCOMPARE(model.rowCount(top), 5);
    QCOMPARE(cell(model, 0, JsonTreeModel::Name, top), QVariant(u"price"_s));
    QCOMPARE(cell(model, 0, JsonTreeModel::Value, top), QVariant(u"12345678901234567890"_s));
    QCOMPARE(cell(model, 0, JsonTreeModel::Type, top).toInt(), int(QJsonValue::Double));
    QCOMPARE(cell(model, 1, JsonTreeModel::Value, top), QVariant(2));
    QCOMPARE(cell(model, 2, JsonTreeModel::Value, top), QVariant::fromValue(nullptr));
    QCOMPARE(cell(model, 3, JsonTreeModel::Value, top), QVariant(true));
    model.setEvent({}, {});
    QCOMPARE(model.rowCount(), 0);
}

void TestJsonTreeModel::readsWhatSomebodyLooksInto()
{
    JsonTreeModel model;
    model.setEvent(Data, {});
    const QModelIndex top = model.index(0, 0);
    QVERIFY(model.hasChildren(top));
    QVERIFY(model.canFetchMore(top));
    QCOMPARE(model.rowCount(top), 0);
    QSignalSpy inserted(&model, &JsonTreeModel::rowsInserted);
    model.fetchMore(top);
    QCOMPARE(inserted.size(), 1);
    QVERIFY(!model.canFetchMore(top));
    QVERIFY(!model.hasChildren(model.index(0, 0, top)));
    QVERIFY(!model.canFetchMore(model.index(0, 0, top)));
}

void TestJsonTreeModel::knowsWhereSomethingStands()
{
    JsonTreeModel model;
    model.setEvent(Data, R"({"m":1})");
    const QModelIndex tag = model.indexAt(u"/who/tags/1"_s);
    QCOMPARE(tag.data(JsonTreeModel::PointerRole), QVariant(u"/who/tags/1"_s));
    QCOMPARE(tag.data(JsonTreeModel::TextRole), QVariant(QByteArray("\"b\"")));
    QCOMPARE(model.steps(tag), (JsonSteps{u"who"_s, u"tags"_s, 1}));
    QCOMPARE(model.field(tag), FilterField::Data);
    const QModelIndex meta = model.index(1, 0);
    model.fetchMore(meta);
    QCOMPARE(model.field(model.index(0, 0, meta)), FilterField::Meta);
    QCOMPARE(model.steps(model.index(0, 0, meta)), JsonSteps{u"m"_s});
    QCOMPARE(model.steps(meta), JsonSteps());
}

void TestJsonTreeModel::findsAPlace_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("name");
    QTest::newRow("all") << QString() << u"data"_s;
    QTest::newRow("a member") << u"/who"_s << u"who"_s;
    QTest::newRow("with an escape") << u"/a~1b"_s << u"a/b"_s;
    QTest::newRow("an item") << u"/who/tags/0"_s << u"0"_s;
    QTest::newRow("none such") << u"/who/age"_s << QString();
    QTest::newRow("inside a text") << u"/who/name/0"_s << QString();
    QTest::newRow("no pointer") << u"who"_s << QString();
}

void TestJsonTreeModel::findsAPlace()
{
    QFETCH(QString, pointer);
    JsonTreeModel model;
    model.setEvent(Data, {});
    QTEST(model.indexAt(pointer).data().toString(), "name");
}

void TestJsonTreeModel::showsFaultsOfTheData()
{
    JsonTreeModel model;
    model.setEvent(Data, R"({"price":1})");
    model.setFaults({{u"/price"_s, u"must be at most 10"_s}});
    QCOMPARE(model.indexAt(u"/price"_s).data(JsonTreeModel::FaultRole), QVariant(u"must be at most 10"_s));
    QCOMPARE(model.indexAt(u"/who"_s).data(JsonTreeModel::FaultRole), QVariant(QString()));
    const QModelIndex meta = model.index(1, 0);
    model.fetchMore(meta);
    QCOMPARE(model.index(0, 0, meta).data(JsonTreeModel::FaultRole), QVariant(QString()));
    model.setEvent(Data, {});
    QCOMPARE(model.indexAt(u"/price"_s).data(JsonTreeModel::FaultRole), QVariant(QString()));
}

void TestJsonTreeModel::knowsAttachments_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QVariant>("number");
    QTest::newRow("one") << QByteArray(R"({"_placeholder":true,"num":3})") << QVariant(3);
    QTest::newRow("not so") << QByteArray(R"({"_placeholder":false,"num":3})") << QVariant();
    QTest::newRow("without a number") << QByteArray(R"({"_placeholder":true})") << QVariant();
    QTest::newRow("a text") << QByteArray(R"("_placeholder")") << QVariant();
}

void TestJsonTreeModel::knowsAttachments()
{
    QFETCH(QByteArray, json);
    JsonTreeModel model;
    model.setEvent(json, {});
    QTEST(model.index(0, 0).data(JsonTreeModel::AttachmentRole), "number");
}

void TestJsonTreeModel::takesWhatIsNoJson_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("children");
    QTest::newRow("open") << QByteArray(R"({"a":1,"b":)") << 1;
    QTest::newRow("word") << QByteArray("hello") << 0;
    QTest::newRow("too deep") << QByteArray(5000, '[') << 0;
}

void TestJsonTreeModel::takesWhatIsNoJson()
{
    QFETCH(QByteArray, json);
    JsonTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    tester.setUseFetchMore(false); // It would do so between the two signals of another.
    model.setEvent(json, {});
    const QModelIndex top = model.index(0, 0);
    model.fetchMore(top);
    QTEST(model.rowCount(top), "children");
}

void TestJsonTreeModel::isAModelWhateverComes()
{
    JsonTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    tester.setUseFetchMore(false); // It would do so between the two signals of another.
    for (const QByteArray &data : {Data, QByteArray(), QByteArray("[[],{},[[1]]]"), QByteArray("1")}) {
        model.setEvent(data, Data);
        QList<QModelIndex> open{QModelIndex()};
        while (!open.isEmpty()) {
            const QModelIndex parent = open.takeLast();
            while (model.canFetchMore(parent))
                model.fetchMore(parent);
            for (int row = 0; row < model.rowCount(parent); ++row)
                open.append(model.index(row, 0, parent));
        }
        model.setFaults({{u"/price"_s, u"x"_s}});
    }
}

DIALOGUE_TEST(TestJsonTreeModel, QCoreApplication)
#include "tst_jsontreemodel.moc"
