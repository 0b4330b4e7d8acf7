#include "server/admin/auditlog.h"
#include "testclasses.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace dialogue;
using namespace dialogue::admin;
using namespace Qt::StringLiterals;

/** Who did what. */
class TestAuditLog : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QString fileName() const { return m_folder.filePath(u"audit.log"_s); }
    QList<QByteArray> lines() const
    {
        QFile file(fileName());
        return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().split('\n') : QList<QByteArray>();
    }
    static QJsonObject entry(const QString &action) { return {{u"action"_s, action}}; }

private Q_SLOTS:
    void cleanup() { QFile::remove(fileName()); }

    void isThereAgainAfterARestart()
    {
        {
            AuditLog log(fileName());
            QVERIFY(log.open());
            QCOMPARE(*log.add(entry(u"first"_s)), quint64(1));
            QCOMPARE(*log.add(entry(u"second"_s)), quint64(2));
        }
        QCOMPARE(QFile::permissions(fileName()) & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteOther),
                 QFile::Permissions());
        AuditLog log(fileName());
        QVERIFY(log.open());
        QCOMPARE(*log.add(entry(u"third"_s)), quint64(3));
        const AuditLog::Page page = log.page(0, 10, {});
        QCOMPARE(page.entries.size(), 3);
        QCOMPARE(page.entries.first()[u"action"].toString(), u"third"_s);
        QCOMPARE(page.next, quint64(0));
        QCOMPARE(lines().size(), 3);
        QCOMPARE(QJsonDocument::fromJson(lines().first())[u"number"].toInt(), 1);
    }

    void goesByPagesAndWhatStandsInIt()
    {
        AuditLog log({});
        QVERIFY(log.open());
        for (int i = 1; i <= 10; ++i)
            QVERIFY(log.add(entry(i % 2 ? u"odd"_s : u"even"_s)));
        AuditLog::Page page = log.page(0, 4, {});
        QCOMPARE(page.entries.first()[u"number"].toInt(), 10);
        QCOMPARE(page.next, quint64(7));
        page = log.page(page.next, 100, {});
        QCOMPARE(page.entries.size(), 6);
        QCOMPARE(page.entries.first()[u"number"].toInt(), 6);
        QCOMPARE(log.page(0, 100, u"ODD"_s).entries.size(), 5);
    }

    void ofLongTextsTheBeginningStaysAndToWhomItWasDone()
    {
        AuditLog log(fileName());
        QVERIFY(log.open());
        QJsonObject large = entry(u"triggerEvent"_s);
        large.insert(u"args"_s,
                     QJsonObject{{u"data"_s, QString(10'000, u'x')}, {u"roomId"_s, u"chat"_s}, {u"id"_s, 7}});
        QVERIFY(log.add(large));
        QVERIFY(lines().first().size() < 1000);
        const QJsonObject args = QJsonDocument::fromJson(lines().first())[u"args"].toObject();
        QCOMPARE(args[u"roomId"].toString(), u"chat"_s);
        QCOMPARE(args[u"id"].toInt(), 7);
        QVERIFY(args[u"data"].toString().endsWith(u"xxx... (10000 characters)"_s));
        QJsonArray deep;
        for (int i = 0; i < 400; ++i)
            deep = QJsonArray{QJsonValue(deep)};
        large.insert(u"args"_s, deep);
        QVERIFY(log.add(large));
        QVERIFY(lines().last().size() < 500);
    }

    void goesOnOnceItsPlaceIsThere()
    {
        const QString folder = m_folder.filePath(u"later"_s);
        AuditLog log(folder + u"/audit.log"_s);
        QVERIFY(!log.open());
        QVERIFY(!log.add(entry(u"a"_s)));
        QVERIFY(QDir().mkdir(folder));
        QCOMPARE(*log.add(entry(u"a"_s)), quint64(1));
    }

    void keepsNoMoreInMemoryThanItSays()
    {
        AuditLog log({});
        for (std::size_t i = 0; i < AuditLog::MostInMemory + 10; ++i)
            QVERIFY(log.add(entry(u"a"_s)));
        QCOMPARE(std::size_t(log.page(0, 100'000, {}).entries.size()), AuditLog::MostInMemory);
    }

    void saysWhereItCannotBeWritten()
    {
        AuditLog full(u"/dev/full"_s);
        QVERIFY(full.open());
        QCOMPARE(full.add(entry(u"a"_s)).error().code, ErrorCode::Unavailable);
        QVERIFY(full.page(0, 10, {}).entries.isEmpty());
        AuditLog nowhere(m_folder.filePath(u"none/audit.log"_s));
        const auto opened = nowhere.open();
        QCOMPARE(opened.error().code, ErrorCode::IoError);
        QCOMPARE(opened.error().path, u"admin.audit"_s);
        QCOMPARE(nowhere.add(entry(u"a"_s)).error().code, ErrorCode::Unavailable);
    }

    void goesOnInANewFileWhereTheOldWasMoved()
    {
        AuditLog log(fileName());
        QVERIFY(log.open());
        QVERIFY(log.add(entry(u"old"_s)));
        QVERIFY(QFile::rename(fileName(), fileName() + u".1"_s));
        QVERIFY(log.reopen());
        QCOMPARE(*log.add(entry(u"new"_s)), quint64(2));
        QCOMPARE(lines().size(), 1);
        QVERIFY(lines().first().contains("new"));
    }

    void anEndOfALineThatWasTornSpoilsNothing()
    {
        {
            QFile file(fileName());
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("{\"number\":7,\"action\":\"a\"}\n{\"number\":8,\"acti");
        }
        AuditLog log(fileName());
        QVERIFY(log.open());
        QCOMPARE(*log.add(entry(u"b"_s)), quint64(8));
        QCOMPARE(lines().size(), 3);
        QCOMPARE(QJsonDocument::fromJson(lines().last())[u"action"].toString(), u"b"_s);
    }
};

DIALOGUE_TEST(TestAuditLog, QCoreApplication)
#include "tst_auditlog.moc"
