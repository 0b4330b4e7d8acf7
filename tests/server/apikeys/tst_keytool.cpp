#include "server/apikeys/apikey.h"
#include "server/apikeys/keyring.h"
#include "server/apikeys/keytool.h"

#include "testclasses.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue;
using namespace dialogue::apikeys;

class TestKeyTool : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    ApiKeysConfig m_config;

    KeyRequest request(const QString &id = u"billing"_s) const
    {
        return {.id = id, .from = u"billing"_s, .scopes = {u"trigger"_s}};
    }
    QByteArray content() const
    {
        QFile file(m_config.file);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_config.file = m_folder->filePath(u"keys.json"_s);
    }

    void makesAKeyOfWhichTheHashIsKept()
    {
        const auto text = newKey(m_config, request());
        QVERIFY2(text, text ? "" : qPrintable(text.error().message));
        const auto key = ApiKey::parse(*text);
        QVERIFY(key);
        const auto ring = KeyRing::load(m_config.file);
        QVERIFY(ring);
        QCOMPARE(ring->find(u"billing"_s)->secrets.first().hash, key->hash);
        QCOMPARE(ring->find(u"billing"_s)->rooms, QStringList{u"*"_s});
        QVERIFY(!content().contains(text->last(43)));
        QVERIFY(checkKeys(m_config));
    }

    void keepsItsFileForItsOwnerAlone()
    {
        QVERIFY(newKey(m_config, request()));
        const auto owners = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadUser
            | QFileDevice::WriteUser;
        QCOMPARE(QFileInfo(m_config.file).permissions(), owners);
        // Whatever it was before.
        QVERIFY(QFile::setPermissions(m_config.file, owners | QFileDevice::ReadOther));
        QVERIFY(newKey(m_config, request(u"other"_s)));
        QCOMPARE(QFileInfo(m_config.file).permissions(), owners);
    }

    void letsTwoSecretsBeForAsLongAsItTakes()
    {
        const auto first = newKey(m_config, request());
        const auto second = newKey(m_config, {.id = u"billing"_s, .expires = u"2999-01-31"_s});
        QVERIFY(first && second);
        const auto third = newKey(m_config, {.id = u"billing"_s});
        QVERIFY(!third);
        QCOMPARE(third.error().message,
                 u"the key 'billing' has 2 secrets, as many as it may; revoke the older (key revoke billing "
                 "--older)"_s);
        QVERIFY(revokeKey(m_config, u"billing"_s, true));
        const auto ring = KeyRing::load(m_config.file);
        QVERIFY(ring);
        QCOMPARE(ring->find(u"billing"_s)->secrets.size(), 1);
        QCOMPARE(ring->find(u"billing"_s)->secrets.first().hash, ApiKey::parse(*second)->hash);
        const auto again = revokeKey(m_config, u"billing"_s, true);
        QVERIFY(!again);
        QCOMPARE(again.error().message,
                 u"the key 'billing' has one secret; without --older it is revoked as a whole"_s);
        QVERIFY(revokeKey(m_config, u"billing"_s, false));
        QCOMPARE(KeyRing::load(m_config.file)->find(u"billing"_s), nullptr);
        QVERIFY(!revokeKey(m_config, u"billing"_s, false));
    }

    void refusesWhatCannotBe_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("from");
        QTest::addColumn<QStringList>("scopes");
        QTest::addColumn<QString>("expires");
        QTest::addColumn<QString>("error");
        const QStringList trigger{u"trigger"_s};
        QTest::newRow("an id") << u"a_b"_s << u"a"_s << trigger << u""_s
                               << u"'a_b' is no id: one has at most 32 small letters, digits and dashes"_s;
        QTest::newRow("no name")
            << u"a"_s << u""_s << trigger << u""_s
            << u"a new key needs --from, the user its events are from, and --scope, what "
               "it is for"_s;
        QTest::newRow("no scope")
            << u"a"_s << u"a"_s << QStringList() << u""_s
            << u"a new key needs --from, the user its events are from, and --scope, what "
               "it is for"_s;
        QTest::newRow("an unknown scope")
            << u"a"_s << u"a"_s << QStringList{u"all"_s} << u""_s
            << u"keys.a.scopes must be of see, join, trigger, history, create, delete, request, monitor, manage, not \"all\""_s;
        QTest::newRow("a name of the server's")
            << u"a"_s << u"system"_s << trigger << u""_s
            << u"keys.a.from The user id 'system' is the server's own in any spelling; use another"_s;
        QTest::newRow("a time that is none")
            << u"a"_s << u"a"_s << trigger << u"tomorrow"_s
            << u"--expires: must be a date such as 2027-01-31, or a time such as 2027-01-31T12:00:00Z, not "
               "'tomorrow'"_s;
        QTest::newRow("a time that has passed") << u"a"_s << u"a"_s << trigger << u"2020-01-31"_s
                                                << u"--expires: 2020-01-31T00:00:00Z has passed"_s;
    }
    void refusesWhatCannotBe()
    {
        QFETCH(QString, id);
        QFETCH(QString, from);
        QFETCH(QStringList, scopes);
        QFETCH(QString, expires);
        const auto text = newKey(m_config, {.id = id, .from = from, .scopes = scopes, .expires = expires});
        QVERIFY(!text);
        QTEST(text.error().message, "error");
        QVERIFY(!QFileInfo::exists(m_config.file));
    }

    void givesASecondSecretNoOtherPurpose()
    {
        QVERIFY(newKey(m_config, request()));
        const QByteArray before = content();
        const auto text = newKey(m_config, {.id = u"billing"_s, .scopes = {u"delete"_s}});
        QVERIFY(!text);
        QCOMPARE(content(), before);
    }

    void leavesABadFileAlone()
    {
        QFile file(m_config.file);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{}") == 2);
        file.close();
        QVERIFY(!newKey(m_config, request()));
        QVERIFY(!revokeKey(m_config, u"billing"_s, false));
        QVERIFY(!listedKeys(m_config));
        const auto checked = checkKeys(m_config);
        QVERIFY(!checked);
        QCOMPARE(checked.error().path, u"auth.apiKeys.file"_s);
        QCOMPARE(content(), "{}");
    }

    void saysWhatThereIs()
    {
        const auto text = newKey(m_config, request());
        QVERIFY(text);
        const auto listed = listedKeys(m_config);
        QVERIFY(listed);
        QVERIFY2(listed->startsWith(u"billing: from billing; scopes trigger; rooms *; roles none\n    "_s
                                    + QString::fromLatin1(ApiKey::parse(*text)->hash.first(8).toHex())
                                    + u": made 2"_s),
                 qPrintable(*listed));
        QVERIFY(listed->endsWith(u", expires never, last used never\n"_s));
    }

    void saysWhereItCannotWrite()
    {
        m_config.file = m_folder->filePath(u"missing/keys.json"_s);
        const auto text = newKey(m_config, request());
        QVERIFY(!text);
        QCOMPARE(text.error().code, ErrorCode::IoError);
        QVERIFY(text.error().message.contains(u"missing/keys.json"_s));
    }
};

DIALOGUE_TEST(TestKeyTool, QCoreApplication)
#include "tst_keytool.moc"
