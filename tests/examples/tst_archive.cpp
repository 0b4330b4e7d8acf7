#include <dialogue/client/dialogueclient.h>

#include "program.h"
#include "testclasses.h"

#include <QTemporaryDir>
#include <QTest>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** examples/archive as it is. */
class TestArchive : public QObject
{
    Q_OBJECT

    /** What is told of the last \a most messages, once \a said have been said. */
    QString history(const QUrl &url, const QStringList &said, int most)
    {
        QString texts;
        bool done = false;
        DialogueClient client({.url = url});
        client.connectToServer();
        client.join(u"lobby"_s).then(this, [&](const Result<RoomContext *> &joined) {
            RoomContext *const lobby = *joined;
            for (const QString &text : said)
                lobby->trigger(u"message"_s, QJsonObject{{u"text"_s, text}});
            lobby->getHistory({.event = u"message"_s, .end = most})
                .then(this, [&](const Result<QList<EventMessage>> &page) {
                    for (const EventMessage &message : page.value_or(QList<EventMessage>()))
                        texts += message.data[u"text"].toString();
                    done = true;
                });
        });
        if (!QTest::qWaitFor([&] { return done; }))
            return u"no answer"_s;
        return texts;
    }

private Q_SLOTS:
    void whatMemoryHoldsNoMoreIsReadFromTheDatabase()
    {
        const QTemporaryDir dir;
        const QStringList arguments{dir.filePath(u"archive.sqlite"_s), u"0"_s};
        {
            Program server(QStringLiteral(ARCHIVE), arguments);
            const QUrl url = server.waitForUrl();
            QVERIFY2(url.isValid(), server.said().constData());
            QCOMPARE(history(url, {u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s}, 4), u"5432"_s);
            QCOMPARE(history(url, {}, 9), u"54321"_s);
        }
        Program again(QStringLiteral(ARCHIVE), arguments);
        const QUrl url = again.waitForUrl();
        QVERIFY2(url.isValid(), again.said().constData());
        QCOMPARE(history(url, {u"6"_s}, 9), u"654321"_s);
    }
};

DIALOGUE_TEST(TestArchive, QCoreApplication)
#include "tst_archive.moc"
