#include "server/store/storefile.h"
#include "storefixture.h"
#include "testclasses.h"

#include <QDir>
#include <QRegularExpression>
#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
using store::StoreFile;

/** Whose file it is, and what is wrong with it. */
class TestStoreFile : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    int m_number = 0;
    QString path;

    [[nodiscard]] PersistenceConfig config(OnCorruption onCorruption = OnCorruption::StartEmpty) const
    {
        return {.adapter = StoreAdapter::Sqlite, .path = path, .onCorruption = onCorruption};
    }
    void write(const QByteArray &bytes) const
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    void damage() const
    {
        {
            auto whole = sqlite::Database::open(path, sqlite::Database::File::Any);
            QVERIFY(whole && whole->number("SELECT count(*) FROM meta")
                    && whole->checkpoint(true)); // Else the log has what the file ought to.
        }
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QCOMPARE(file.write(QByteArray(200, 'x')), 200);
    }
    [[nodiscard]] QString problem(OnCorruption onCorruption = OnCorruption::StartEmpty) const
    {
        const auto file = StoreFile::open(config(onCorruption));
        return file ? QString() : file.error().message;
    }

private Q_SLOTS:
    void init() { path = m_dir.filePath(u"store-%1.db"_s.arg(++m_number)); }

    void isNewWhereThereIsNone()
    {
        const auto file = StoreFile::open(config());
        QVERIFY(file);
        QVERIFY(file->past().wasStopped);
        QVERIFY(file->past().sameBoot);
        QVERIFY(!file->past().isRestored);
    }

    void keepsItsRun()
    {
        const quint64 run = StoreFile::open(config())->run();
        const auto again = StoreFile::open(config());
        QVERIFY(again);
        QCOMPARE(again->run(), run);
        QVERIFY(!again->past().wasStopped); // Nobody has said that it was.
    }

    void isRefusedWhereItCannotBe()
    {
        path = m_dir.filePath(u"no/such/store.db"_s);
        QCOMPARE(
            problem(),
            u"The store '%1': There is no folder '%2'; make it"_s.arg(path, m_dir.filePath(u"no/such"_s)));
    }

    void hasOneServerAtATime()
    {
        const auto first = StoreFile::open(config());
        QVERIFY(first);
        QCOMPARE(problem(),
                 u"The store '%1': Another server uses it; stop that one, or name another file"_s.arg(path));
    }

    void isLetGoWithItsServer()
    {
        QVERIFY(StoreFile::open(config()));
        QVERIFY(StoreFile::open(config()));
    }

    void doesNotTouchTheDatabaseOfAnotherProgram()
    {
        {
            auto other = sqlite::Database::open(path, sqlite::Database::File::Any);
            QVERIFY(other && other->execute("CREATE TABLE theirs (a)"));
        }
        QCOMPARE(problem(),
                 u"The store '%1': It is the database of another program; name a file of its own for "
                 "the store"_s.arg(path));
        QVERIFY(QFile::exists(path));
    }

    void doesNotTouchAFileThatIsNoDatabase()
    {
        write(QByteArray(5000, 'x'));
        QVERIFY(!problem().isEmpty());
        const QString said = problem(); // Nor at the second time.
        QVERIFY2(said.startsWith(u"The store '%1': It is a file, but no store: "_s.arg(path)),
                 qPrintable(said));
        QVERIFY(QFile::exists(path));
    }

    void isRefusedWhereItIsNewer()
    {
        QVERIFY(StoreFile::open(config()));
        {
            auto newer = sqlite::Database::open(path, sqlite::Database::File::Any);
            QVERIFY(newer && newer->execute("PRAGMA user_version=99"));
        }
        QCOMPARE(problem(),
                 u"The store '%1': It was written by a newer version (format 99; this one knows up to %2); "
                 "install that version, or name another file"_s.arg(path)
                     .arg(store::CurrentVersion));
    }

    void isSetAsideWhereItIsDamaged()
    {
        const quint64 run = StoreFile::open(config())->run();
        damage();
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"is damaged and was set aside as"_s));
        const auto file = StoreFile::open(config());
        QVERIFY(file);
        QVERIFY(file->run() != run); // Nobody who comes back takes it for the one he knew.
        const QFileInfo info(path);
        QCOMPARE(info.dir().entryList({info.fileName() + u".damaged-*Z"_s}).size(), 1);
    }

    void stopsWhereItIsDamagedIfTold()
    {
        QVERIFY(StoreFile::open(config()));
        damage();
        const QString said = problem(OnCorruption::Stop);
        QVERIFY2(said.contains(u"put a backup in its place, move it away, or set persistence.onCorruption: "
                               "startEmpty"_s),
                 qPrintable(said));
        QVERIFY(QFile::exists(path));
    }
};

DIALOGUE_TEST(TestStoreFile, QCoreApplication)
#include "tst_storefile.moc"
