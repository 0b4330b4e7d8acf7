#include "program.h"
#include "testclasses.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue::test;

/** examples/socketio-client as it is, against npm socket.io. */
class TestSocketIoExample : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void asksAndPrintsTheAnswer()
    {
        Program server(u"node"_s, {QStringLiteral(SOCKETIO_SERVER)});
        QVERIFY2(server.waitFor("\n"), "node is needed, and `npm ci` in tests/interop");
        const QString url = u"http://127.0.0.1:%1"_s.arg(server.said().trimmed().toInt());

        Program client(QStringLiteral(SOCKETIO_CLIENT), {url, u"/other"_s, u"echo"_s, u"[1, \"two\"]"_s});
        QVERIFY2(client.waitFor("[1,\"two\"]\n"), client.said().constData());
        Program refused(QStringLiteral(SOCKETIO_CLIENT), {url, u"/closed"_s, u"echo"_s});
        QVERIFY2(refused.waitFor("No entry"), refused.said().constData());
    }
};

DIALOGUE_TEST(TestSocketIoExample, QCoreApplication)
#include "tst_socketioexample.moc"
