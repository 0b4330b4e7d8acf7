#include "testclasses.h"

#include <dialogue/client/clientconfig.h>
#include <dialogue/server/config/serverconfig.h>

#include <QFile>
#include <QMap>
#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;

namespace {

QString milliseconds(std::chrono::milliseconds time) { return QString::number(time.count()); }

/** The cells of a row of a table in Markdown; none where \a line is no such row. */
QStringList cellsOf(const QString &line)
{
    QStringList cells;
    if (line.startsWith(u"| "_s)) {
        for (const QString &cell : line.mid(1).chopped(1).split(u'|'))
            cells.append(cell.trimmed());
    }
    return cells;
}

} // namespace

/** docs/migrating-from-dialogue-ts.md: that its table of defaults says what they are. */
class TestMigrationPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysTheDefaultsAsTheyAre()
    {
        const ServerConfig server;
        const ClientConfig client;
        QVERIFY(server.cors.origins.isEmpty());
        QVERIFY(server.roomCreation.create.isNobody());
        QVERIFY(server.roomCreation.lifetime == RoomLifetime::Empty);
        QMap<QString, QString> here{
            {u"`host`"_s, server.host},
            {u"`cors.origins`"_s, u"none but the server's own"_s},
            {u"`roomCreation.create`"_s, u"nobody"_s},
            {u"`roomCreation.lifetime`"_s, u"empty"_s},
            {u"`rateLimit.global`"_s, QString::number(server.rateLimit.global.maxEvents)},
            {u"`history.requestsPerMinute`"_s, QString::number(server.history.requestsPerMinute)},
            {u"`history.maxPage`"_s, QString::number(server.history.maxPage)},
            {u"`engine.maxPayload`"_s, QString::number(server.engine.maxPayload)},
            {u"`reconnectionAttempts`"_s, QString::number(client.reconnectionAttempts)},
            {u"`timeouts.connect`"_s, milliseconds(client.timeouts.connect)},
            {u"`timeouts.request`"_s, milliseconds(client.timeouts.request)},
            {u"`timeouts.trigger`"_s, milliseconds(client.timeouts.trigger)},
        };
        QFile page(QStringLiteral(MIGRATION_PAGE));
        QVERIFY(page.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(page.readAll());
        const qsizetype begin = text.indexOf(u"## What is different by default"_s);
        const qsizetype end = text.indexOf(u"\n## "_s, begin + 1);
        QVERIFY(begin >= 0 && end > begin);
        for (const QString &line : text.mid(begin, end - begin).split(u'\n')) {
            const QStringList cells = cellsOf(line);
            if (cells.size() < 3 || !cells[0].startsWith(u'`'))
                continue;
            QVERIFY2(here.contains(cells[0]), qPrintable(cells[0] + u" is not checked here"_s));
            const QString value = here.take(cells[0]);
            QVERIFY2(cells[2].startsWith(value) || cells[2].contains(u'`' + value + u'`'),
                     qPrintable(line + u"\nbut it is "_s + value));
        }
        QCOMPARE(here.keys(), QStringList());
    }
};

DIALOGUE_TEST(TestMigrationPage, NoApplication)
#include "tst_migrationpage.moc"
