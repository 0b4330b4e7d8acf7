#include "testclasses.h"

#include "console/profiles/profilestore.h"
#include "console/profiles/secrets.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace dialogue;
using namespace dialogue::console;
using namespace Qt::StringLiterals;

class TestProfile : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    [[nodiscard]] QString file(const QString &name, const QByteArray &content = {}) const
    {
        QFile written(m_folder.filePath(name));
        if (!content.isEmpty() && (!written.open(QIODevice::WriteOnly) || written.write(content) < 0))
            qFatal("cannot write %s", qPrintable(name));
        return written.fileName();
    }
    static Profile profile(const QString &name = u"Live"_s)
    {
        return {.name = name, .url = QUrl(u"https://chat.example.org"_s), .account = u"ada"_s};
    }

private Q_SLOTS:
    void whatIsWrongIsToldByItsMember_data()
    {
        QTest::addColumn<Profile>("wrong");
        QTest::addColumn<QString>("member");
        const auto with = [](auto change) {
            Profile changed = profile();
            change(changed);
            return changed;
        };
        QTest::newRow("nothing") << profile() << QString();
        QTest::newRow("no name") << profile(u" "_s) << u"name"_s;
        QTest::newRow("a long name") << profile(QString(101, u'x')) << u"name"_s;
        QTest::newRow("no url") << with([](Profile &p) { p.url = QUrl(); }) << u"url"_s;
        QTest::newRow("a path") << with([](Profile &p) { p.url = QUrl(u"/etc"_s); }) << u"url"_s;
        QTest::newRow("another scheme")
            << with([](Profile &p) { p.url = QUrl(u"ftp://host"_s); }) << u"url"_s;
        QTest::newRow("a password in it")
            << with([](Profile &p) { p.url = QUrl(u"https://a:b@host"_s); }) << u"url"_s;
        QTest::newRow("nobody") << with([](Profile &p) { p.account.clear(); }) << u"account"_s;
        QTest::newRow("a certificate alone")
            << with([](Profile &p) { p.certificateFile = u"c.pem"_s; }) << u"keyFile"_s;
        QTest::newRow("a key alone") << with([](Profile &p) { p.keyFile = u"k.pem"_s; })
                                     << u"certificateFile"_s;
        QTest::newRow("a short fingerprint")
            << with([](Profile &p) { p.fingerprint = u"AB:CD"_s; }) << u"fingerprint"_s;
        QTest::newRow("a fingerprint with other letters")
            << with([](Profile &p) { p.fingerprint = QString(64, u'g'); }) << u"fingerprint"_s;
        QTest::newRow("a fingerprint with colons")
            << with([](Profile &p) { p.fingerprint = u"AB:"_s.repeated(31) + u"cd"_s; }) << QString();
        QTest::newRow("two ways to trust") << with([](Profile &p) {
            p.fingerprint = QString(64, u'a');
            p.caFile = u"ca.pem"_s;
        }) << u"fingerprint"_s;
        QTest::newRow("another proxy")
            << with([](Profile &p) { p.proxy = QUrl(u"ftp://proxy"_s); }) << u"proxy"_s;
    }
    void whatIsWrongIsToldByItsMember()
    {
        QFETCH(Profile, wrong);
        QFETCH(QString, member);
        const Result<void> checked = wrong.check();
        QCOMPARE(bool(checked), member.isEmpty());
        if (!checked)
            QCOMPARE(checked.error().path, member);
    }

    void isTheSameAsJsonAndBack()
    {
        const Profile all{.id = u"1"_s,
                          .name = u"Live"_s,
                          .folder = u"Shop"_s,
                          .kind = Profile::Kind::Production,
                          .url = QUrl(u"wss://chat.example.org:8443/x"_s),
                          .account = u"ada"_s,
                          .caFile = u"ca.pem"_s,
                          .certificateFile = u"c.pem"_s,
                          .keyFile = u"k.pem"_s,
                          .proxy = QUrl(u"socks5://proxy:1080"_s)};
        const Result<Profile> read = Profile::fromJson(all.toJson());
        QVERIFY(read);
        QCOMPARE(*read, all);
        QVERIFY(!Profile::fromJson({{u"name"_s, 7}}));
        QJsonObject unknown = all.toJson();
        unknown.insert(u"kind"_s, u"holy"_s);
        QCOMPARE(Profile::fromJson(unknown).error().path, u"kind"_s);
    }

    void onlyProductionIsToBeTyped()
    {
        Profile one = profile();
        QVERIFY(one.phrase().isEmpty());
        one.kind = Profile::Kind::Production;
        QCOMPARE(one.phrase(), u"Live"_s);
    }

    void whatCrossesANetworkInTheClearIsKnown_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("isPlain");
        QTest::newRow("TLS") << u"https://chat.example.org"_s << false;
        QTest::newRow("WebSocket over TLS") << u"wss://chat.example.org"_s << false;
        QTest::newRow("this machine") << u"http://localhost:3000"_s << false;
        QTest::newRow("its address") << u"http://127.0.0.2:3000"_s << false;
        QTest::newRow("its other address") << u"http://[::1]:3000"_s << false;
        QTest::newRow("another") << u"http://10.0.0.1:3000"_s << true;
        QTest::newRow("a name that begins alike") << u"http://localhost.example.org"_s << true;
    }
    void whatCrossesANetworkInTheClearIsKnown()
    {
        QFETCH(QString, url);
        QTEST((Profile{.url = QUrl(url)}.isPlain()), "isPlain");
    }

    void aFileThatIsNoneIsTold_data()
    {
        QTest::addColumn<Profile>("of");
        QTest::addColumn<QString>("told");
        const QString junk = file(u"junk"_s, "this is no certificate");
        const QString missing = file(u"missing"_s);
        Profile token = profile();
        token.account.clear();
        token.tokenFile = missing;
        QTest::newRow("no token") << token << missing;
        Profile authority = profile();
        authority.caFile = junk;
        QTest::newRow("no authority") << authority << u"has no certificate in PEM"_s;
        Profile own = profile();
        own.certificateFile = own.keyFile = junk;
        QTest::newRow("no certificate") << own << u"has no certificate in PEM"_s;
    }
    void aFileThatIsNoneIsTold()
    {
        QFETCH(Profile, of);
        QFETCH(QString, told);
        const Result<ClientConfig> config = clientConfigOf(of, u"secret"_s);
        QVERIFY(!config);
        QCOMPARE(config.error().code, ErrorCode::IoError);
        QVERIFY2(config.error().message.contains(told), qPrintable(config.error().message));
    }

    void comesInByThePasswordOrTheToken()
    {
        const Result<ClientConfig> byAccount = clientConfigOf(profile(), u"secret"_s);
        QCOMPARE(byAccount->auth(), (QJsonObject{{u"account"_s, u"ada"_s}, {u"password"_s, u"secret"_s}}));
        Profile token = profile();
        token.account.clear();
        token.tokenFile = file(u"token"_s, "abc123\n");
        QCOMPARE(clientConfigOf(token, {})->auth(), (QJsonObject{{u"token"_s, u"abc123"_s}}));
    }

    void profilesAreKept()
    {
        const QString fileName = m_folder.filePath(u"below/profiles.json"_s);
        ProfileStore store(fileName);
        QVERIFY(store.load()); // There is none yet.
        const Result<QString> id = store.put(profile());
        QVERIFY(id);
        Profile changed = profile(u"Shop"_s);
        changed.id = *id;
        QVERIFY(store.put(changed));
        QVERIFY(store.put(profile(u"Test"_s)));
        ProfileStore again(fileName);
        QVERIFY(again.load());
        QCOMPARE(again.profiles().size(), 2);
        QCOMPARE(again.find(*id)->name, u"Shop"_s);
        QVERIFY(again.findByName(u"test"_s));
        QVERIFY(again.remove(*id));
        QVERIFY(!again.find(*id));
        QVERIFY(!again.put(profile(QString())));
    }

    void aFileThatIsSpoiltIsToldAndPutAside()
    {
        const QString fileName = file(u"spoilt.json"_s, "{\"profiles\": [{\"name\": \"x\", \"url\": 7}]}");
        ProfileStore store(fileName);
        const Result<void> loaded = store.load();
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().path, u"profiles[0].url"_s);
        QVERIFY(store.put(profile()));
        const QStringList files = QDir(m_folder.path()).entryList({u"spoilt.json*"_s}, QDir::Files);
        QCOMPARE(files.size(), 2);
        ProfileStore again(fileName);
        QVERIFY(again.load());
        QCOMPARE(again.profiles().size(), 1);
    }

    void whatIsExportedIsImportedWithoutSecrets()
    {
        ProfileStore one(m_folder.filePath(u"one.json"_s));
        QVERIFY(one.put(profile(u"A"_s)));
        QVERIFY(one.put(profile(u"B"_s)));
        const QString exported = m_folder.filePath(u"exported.json"_s);
        QVERIFY(one.exportTo(exported));
        ProfileStore other(m_folder.filePath(u"other.json"_s));
        QVERIFY(other.put(profile(u"C"_s)));
        QCOMPARE(*other.importFrom(exported), 2);
        QCOMPARE(*other.importFrom(exported), 2); // The same ones.
        QCOMPARE(other.profiles().size(), 3);
        QVERIFY(!other.importFrom(m_folder.filePath(u"nowhere.json"_s)));
        QCOMPARE(other.profiles().size(), 3);
    }

    void aPasswordIsKnownUntilTheEndWithoutAKeychain()
    {
        Secrets secrets;
        secrets.keepUntilTheEnd(u"p"_s, u"secret"_s);
        QString read;
        secrets.read(u"p"_s, this, [&](const QString &secret) { read = secret; });
        QTRY_COMPARE(read, u"secret"_s);
        auto context = std::make_unique<QObject>();
        bool wasTold = false;
        secrets.read(u"p"_s, context.get(), [&](const QString &) { wasTold = true; });
        context.reset();
        read.clear();
        secrets.read(u"p"_s, this, [&](const QString &secret) { read = secret; });
        QTRY_COMPARE(read, u"secret"_s);
        QVERIFY(!wasTold);
    }

    void aDesktopWithoutAKeychainIsTold()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
        Secrets secrets;
        std::optional<Secrets::Kept> kept;
        QString why;
        secrets.write(u"q"_s, u"secret"_s, this, [&](Secrets::Kept where, const QString &reason) {
            kept = where;
            why = reason;
        });
        QTRY_VERIFY(kept);
        QCOMPARE(*kept, Secrets::Kept::UntilTheEnd);
        QVERIFY(!why.isEmpty());
        std::optional<QString> read;
        secrets.read(u"q"_s, this, [&](const QString &secret) { read = secret; });
        QTRY_VERIFY(read);
        QCOMPARE(*read, u"secret"_s);
        read.reset();
        secrets.read(u"never written"_s, this, [&](const QString &secret) { read = secret; });
        QTRY_VERIFY(read);
        QVERIFY(read->isEmpty());
        secrets.forget(u"q"_s);
        read.reset();
        secrets.read(u"q"_s, this, [&](const QString &secret) { read = secret; });
        QTRY_VERIFY(read);
        QVERIFY(read->isEmpty());
    }
};

DIALOGUE_TEST(TestProfile, QCoreApplication)
#include "tst_profile.moc"
