#include "core/protocol/socketio/event.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;

class TestSocketIoEvent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesTheNameFromTheArguments_data();
    void takesTheNameFromTheArguments();
};

void TestSocketIoEvent::takesTheNameFromTheArguments_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("args");
    const auto row = [](const QByteArray &payload, const QString &name, const QByteArray &args) {
        QTest::newRow(payload.constData()) << payload << name << args;
    };
    row(R"(["a"])", QStringLiteral("a"), "[]");
    row(R"([ "a" ])", QStringLiteral("a"), "[]");
    row(R"(["a",1])", QStringLiteral("a"), "[1]");
    row(R"(["a" , {"b":[1,2]},null] )", QStringLiteral("a"), R"([ {"b":[1,2]},null] )");
    row(R"(["\u00e4 \"b\",",[]])", QStringLiteral("\u00e4 \"b\","), "[[]]");
    row(R"([7,"x"])", QStringLiteral("7"), R"(["x"])");
    row(R"([1.5])", QStringLiteral("1.5"), "[]");
}

void TestSocketIoEvent::takesTheNameFromTheArguments()
{
    QFETCH(QByteArray, payload);
    QFETCH(QString, name);
    QFETCH(QByteArray, args);
    const auto fromText = socketio::takeApart(JsonData::fromText(payload));
    QCOMPARE(fromText.name, name);
    QCOMPARE(fromText.args.text(), args);
    const auto fromValue = socketio::takeApart(JsonData::fromText(payload).value());
    QCOMPARE(fromValue.name, name);
    QVERIFY(fromValue.args == fromText.args);
}

DIALOGUE_TEST(TestSocketIoEvent, NoApplication)
#include "tst_socketioevent.moc"
