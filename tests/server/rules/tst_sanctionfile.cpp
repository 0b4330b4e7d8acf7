#include "server/rules/sanctionfile.h"

#include "testclasses.h"

#include <QDir>
#include <QFile>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>

using namespace dialogue;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

std::atomic<QtMsgType> lastWords = QtDebugMsg; // As what the log said its last.

Sanctions::Clock::time_point soon()
{
    return std::chrono::floor<std::chrono::milliseconds>(Sanctions::Clock::now() + 1h);
}

Sanction banned(const QString &user, const QString &room = {})
{
    return {.kind = SanctionKind::Ban,
            .userId = user,
            .roomId = room,
            .until = {},
            .reason = {},
            .by = u"application"_s,
            .since = Sanctions::Clock::time_point(1'700'000'000s)};
}

} // namespace

class TestSanctionFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_name = m_folder->filePath(u"sanctions.json"_s);
    }

    void givesBackWhatItWasToldWhenItIsOpenedAgain()
    {
        Sanction muted = banned(u"b\"ö\nb"_s, u"chat"_s);
        muted.kind = SanctionKind::Mute;
        muted.until = soon();
        muted.reason = u"spam \U0001F600 \u202E"_s;
        muted.by = u"admin:root"_s;
        {
            const auto file = opened();
            QVERIFY(file->restored().isEmpty());
            QVERIFY(file->change(banned(u"ann"_s), false));
            QVERIFY(file->change(banned(u"carl"_s), false));
            QVERIFY(file->change(muted, false));
            QVERIFY(file->change(banned(u"carl"_s), true));
        }
        QCOMPARE(opened()->restored(), (QList<Sanction>{banned(u"ann"_s), muted}));
        QCOMPARE(QFile::permissions(m_name) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }

    void forgetsWhatIsOver()
    {
        Sanction over = banned(u"ann"_s);
        over.until = Sanctions::Clock::now() - 1s;
        {
            const auto file = opened();
            QVERIFY(file->change(over, false));
            QVERIFY(file->change(banned(u"bob"_s), false));
        }
        QCOMPARE(opened()->restored(), QList<Sanction>{banned(u"bob"_s)});
    }

    void takesTheLastThatWasSaidOfOneUserAndRoom()
    {
        Sanction first = banned(u"ann"_s, u"chat"_s);
        first.reason = u"first"_s;
        {
            const auto file = opened();
            QVERIFY(file->change(first, false));
            QVERIFY(file->change(banned(u"ann"_s, u"chat"_s), false));
            QVERIFY(file->change(banned(u"ann"_s), false));
        }
        QCOMPARE(opened()->restored(), (QList<Sanction>{banned(u"ann"_s), banned(u"ann"_s, u"chat"_s)}));
    }

    void letsNobodyBackInWhoseFileCannotBeRead_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("said");
        const QByteArray good = R"({"kind":"ban","userId":"ann","since":1})";
        QTest::newRow("empty") << QByteArray() << u"is damaged"_s;
        QTest::newRow("cut off") << "[" + good + ",\n" << u"is damaged"_s;
        QTest::newRow("no list") << good << u"is no list of bans and mutes"_s;
        QTest::newRow("a number in it") << QByteArray("[1]") << u"no ban or mute at [0]"_s;
        QTest::newRow("another kind")
            << "[" + good + R"(,{"kind":"kick","userId":"ann","since":1}])" << u"no ban or mute at [1]"_s;
        QTest::newRow("nobody") << QByteArray(R"([{"kind":"ban","userId":"","since":1}])") << u"at [0]"_s;
        QTest::newRow("a room that is none")
            << QByteArray(R"([{"kind":"ban","userId":"ann","since":1,"roomId":7}])") << u"at [0]"_s;
        QTest::newRow("an end that is none")
            << QByteArray(R"([{"kind":"ban","userId":"ann","since":1,"until":"soon"}])") << u"at [0]"_s;
        QTest::newRow("more than there may be")
            << "[" + good + "," + good + "," + good + "," + good + "]" << u"limits.sanctions: 3"_s;
    }

    void letsNobodyBackInWhoseFileCannotBeRead()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, said);
        write(text);
        const auto file = SanctionFile::open(m_name, 3);
        QVERIFY(!file);
        QCOMPARE(file.error().code, ErrorCode::ConfigError);
        QCOMPARE(file.error().path, u"persistence.sanctions"_s);
        QVERIFY2(file.error().message.contains(said), qPrintable(file.error().message));
        QVERIFY2(file.error().message.contains(m_name), qPrintable(file.error().message));
        QFile same(m_name);
        QVERIFY(same.open(QIODevice::ReadOnly));
        QCOMPARE(same.readAll(), text); // It is not written over.
    }

    void takesTimesThatNoClockTells()
    {
        write(R"([{"kind":"ban","userId":"ann","since":-1e300,"until":9e18}])");
        QCOMPARE(opened()->restored().size(), 1);
    }

    void tellsAtOnceThatItCannotBeWritten()
    {
        m_name = m_folder->filePath(u"nowhere/sanctions.json"_s);
        const auto file = SanctionFile::open(m_name, 3);
        QVERIFY(!file);
        QCOMPARE(file.error().code, ErrorCode::IoError);
        QVERIFY2(file.error().message.contains(m_name), qPrintable(file.error().message));
    }

    void writesOnceItCanAgain()
    {
        const QString inner = m_folder->filePath(u"inner"_s);
        QVERIFY(QDir().mkdir(inner));
        m_name = inner + u"/sanctions.json"_s;
        const auto file = opened();
        QVERIFY(QFile::rename(inner, inner + u"-gone"_s));
        lastWords = QtDebugMsg;
        const QtMessageHandler before = qInstallMessageHandler(
            [](QtMsgType type, const QMessageLogContext &, const QString &) { lastWords = type; });
        const auto restore = qScopeGuard([before] { qInstallMessageHandler(before); });
        QVERIFY(file->change(banned(u"ann"_s), false));
        QTRY_COMPARE_WITH_TIMEOUT(lastWords.load(), QtCriticalMsg, 60'000);
        QVERIFY(QFile::rename(inner + u"-gone"_s, inner));
        QTRY_COMPARE_WITH_TIMEOUT(lastWords.load(), QtInfoMsg, 60'000);
        QVERIFY(content().contains("\"ann\""));
    }

private:
    std::unique_ptr<SanctionFile> opened() const
    {
        auto file = SanctionFile::open(m_name, 100);
        if (!file)
            qFatal("%s", qPrintable(file.error().message));
        return *std::move(file);
    }
    void write(const QByteArray &text) const
    {
        QFile file(m_name);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("%s", qPrintable(file.errorString()));
    }
    QByteArray content() const
    {
        QFile file(m_name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_name;
};

DIALOGUE_TEST(TestSanctionFile, QCoreApplication)
#include "tst_sanctionfile.moc"
