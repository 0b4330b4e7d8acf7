#include "server/apikeys/apikeyauthenticator.h"
#include "server/apikeys/keytool.h"

#include "testclasses.h"

#include <QCryptographicHash>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue;
using namespace dialogue::apikeys;

namespace {

constexpr qint64 Today = 1'800'000'000;

std::chrono::system_clock::time_point today()
{
    return std::chrono::system_clock::time_point(std::chrono::seconds(Today));
}

ConnectRequest bringing(const QByteArray &key, const QByteArray &nsp = "/")
{
    return {.nsp = nsp, .auth = {{u"token"_s, QString::fromLatin1(key)}}, .handshake = {}};
}

} // namespace

class TestApiKeyAuthenticator : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    ApiKeysConfig m_config;
    QSet<QString> m_revoked;

    std::unique_ptr<ApiKeyAuthenticator> authenticator()
    {
        auto made = std::make_unique<ApiKeyAuthenticator>(
            m_config, 256, [this](const QSet<QString> &gone) { m_revoked = gone; }, &today);
        if (const auto started = made->start(); !started)
            qFatal("%s", qPrintable(started.error().text()));
        return made;
    }
    QByteArray key(const KeyRequest &request) const
    {
        const auto text = newKey(m_config, request);
        if (!text)
            qFatal("%s", qPrintable(text.error().text()));
        return *text;
    }
    QByteArray billing() const
    {
        return key({.id = u"billing"_s,
                    .from = u"Billing"_s,
                    .scopes = {u"trigger"_s, u"join"_s},
                    .rooms = {u"chat"_s, u"orders-*"_s},
                    .roles = {u"editor"_s}});
    }
    void write(const QByteArray &text) const
    {
        QFile file(m_config.file);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(text), text.size());
    }
    static Result<Identity> ask(ApiKeyAuthenticator &authenticator, const ConnectRequest &request)
    {
        const auto answer = authenticator.authenticate(request, {});
        return answer ? answer->result() : Error{ErrorCode::InvalidRequest, u"not asked"_s};
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_config.file = m_folder->filePath(u"keys.json"_s);
        m_revoked.clear();
    }

    void letsInWhoBringsAKey()
    {
        const QByteArray text = billing();
        const auto guard = authenticator();
        const auto identity = ask(*guard, bringing(text));
        QVERIFY2(identity, identity ? "" : qPrintable(identity.error().text()));
        QCOMPARE(identity->userId, u"Billing"_s);
        QVERIFY(identity->verified);
        QCOMPARE(identity->roles, QStringList{u"editor"_s});
        QCOMPARE(identity->claims, QJsonObject({{u"apiKey"_s, u"billing"_s}}));
        QVERIFY(!identity->expiresAt);
        QVERIFY(identity->grant->allows(Grant::Trigger));
        QVERIFY(!identity->grant->allows(Grant::History));
        QVERIFY(identity->grant->reaches(u"chat"_s));
        QVERIFY(identity->grant->reaches(u"orders-7"_s));
        QVERIFY(!identity->grant->reaches(u"orders"_s));
        QVERIFY(!identity->grant->reaches(u"chat2"_s));
        QCOMPARE(guard->counters().accepted, 1);

        ConnectRequest bearer = bringing({});
        bearer.auth = {};
        bearer.handshake.headers.append("Authorization", "Bearer " + text);
        QVERIFY(ask(*guard, bearer));
    }

    void refusesWhatIsMeantAsOneAndLeavesTheRestToOthers()
    {
        const QByteArray text = billing();
        const auto guard = authenticator();
        QByteArray forged = text;
        forged.back() = forged.back() == 'A' ? 'Q' : 'A';
        for (const QByteArray &bad :
             {forged, "dlg_other_" + text.last(43), QByteArray("dlg_"), text + '\n', ' ' + text.toLower()}) {
            const auto identity = ask(*guard, bringing(bad));
            QVERIFY(!identity);
            if (bad.startsWith("dlg_")) {
                QCOMPARE(identity.error().code, ErrorCode::Unauthorized);
                QCOMPARE(identity.error().message, u"The key is not accepted"_s);
            } else {
                QCOMPARE(identity.error().message, u"not asked"_s);
            }
        }
        QCOMPARE(guard->counters().refused, 4);
        QVERIFY(!guard->authenticate({.nsp = "/", .auth = {{u"userId"_s, u"ann"_s}}, .handshake = {}}, {}));
        QVERIFY(!guard->authenticate(bringing("a.b.c"), {}));
    }

    void refusesAKeyThatHasExpired()
    {
        const QByteArray text = "dlg_a_" + QByteArray(43, 'A');
        for (const auto &[seconds, good] : {std::pair(0, false), std::pair(1, true)}) {
            const Time expires(std::chrono::seconds(Today + seconds));
            KeyRing ring;
            ring.keys.insert(u"a"_s,
                             {.from = u"a"_s,
                              .secrets = {{.hash = QCryptographicHash::hash(text, QCryptographicHash::Sha256),
                                           .created = {},
                                           .expires = expires}}});
            write(ring.toJson());
            const auto guard = authenticator();
            const auto identity = ask(*guard, bringing(text));
            QCOMPARE(bool(identity), good);
            if (good) {
                QCOMPARE(identity->expiresAt, std::chrono::system_clock::time_point(expires));
            } else {
                QCOMPARE(identity.error().code, ErrorCode::TokenExpired);
                QCOMPARE(guard->counters().expired, 1);
            }
        }
    }

    void takesAKeyOfADayThatNanosecondsDoNotReach()
    {
        const QByteArray text
            = key({.id = u"a"_s, .from = u"a"_s, .scopes = {u"request"_s}, .expires = u"2999-01-31"_s});
        const auto guard = authenticator();
        const auto identity = ask(*guard, bringing(text));
        QVERIFY2(identity, identity ? "" : qPrintable(identity.error().text()));
        QVERIFY(identity->expiresAt > std::chrono::system_clock::now());
    }

    void isForNamespacesOfTheApplicationsWhereItSaysSo()
    {
        const QByteArray text = billing();
        const QByteArray other = key({.id = u"other"_s, .from = u"other"_s, .scopes = {u"request"_s}});
        const auto guard = authenticator();
        QVERIFY(!ask(*guard, bringing(text, "/orders")));
        QVERIFY(ask(*guard, bringing(other, "/orders")));
    }

    void readsItsFileAgainAndTellsOfWhatIsGone()
    {
        const QByteArray first = billing();
        const QByteArray stays = key({.id = u"stays"_s, .from = u"b"_s, .scopes = {u"see"_s}});
        const auto guard = authenticator();
        const QString credential = ask(*guard, bringing(first))->credential;
        QVERIFY(ask(*guard, bringing(stays)));

        const QByteArray second = key({.id = u"billing"_s});
        QTRY_COMPARE(guard->counters().keysRead, 1);
        QVERIFY(ask(*guard, bringing(first)));
        QVERIFY(ask(*guard, bringing(second)));
        QVERIFY(m_revoked.isEmpty());

        QVERIFY(revokeKey(m_config, u"billing"_s, true));
        QTRY_COMPARE(m_revoked, QSet<QString>{credential});
        QVERIFY(!ask(*guard, bringing(first)));
        QVERIFY(ask(*guard, bringing(second)));
        QVERIFY(ask(*guard, bringing(stays)));
        QCOMPARE(guard->counters().revoked, 1);
    }

    void aKeyWithAnotherPurposeIsAnother()
    {
        const QByteArray text = billing();
        const auto guard = authenticator();
        const QString credential = ask(*guard, bringing(text))->credential;
        auto ring = KeyRing::load(m_config.file);
        QVERIFY(ring);
        ring->keys.first().scopes = {u"history"_s};
        write(ring->toJson());
        QTRY_COMPARE(m_revoked, QSet<QString>{credential});
        QVERIFY(ask(*guard, bringing(text))->grant->allows(Grant::History));
    }

    void keepsTheKeysWhereTheNewOnesAreBad_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("cut") << QByteArray(R"({"keys": {)");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("large") << QByteArray(KeyRing::LargestFile + 1, ' ');
        KeyRing ring;
        ring.keys.insert(
            u"a"_s, {.from = QString(257, u'a'), .secrets = {{.hash = QByteArray(32, 'a'), .created = {}}}});
        QTest::newRow("a name that is too long") << ring.toJson();
    }
    void keepsTheKeysWhereTheNewOnesAreBad()
    {
        QFETCH(QByteArray, text);
        const QByteArray key = billing();
        const auto guard = authenticator();
        write(text);
        QTRY_COMPARE_WITH_TIMEOUT(guard->counters().keysKept, 1, 30000);
        QVERIFY(ask(*guard, bringing(key)));
        QVERIFY(m_revoked.isEmpty());
    }

    void doesNotStartWithoutAFile()
    {
        ApiKeyAuthenticator guard(m_config, 256, {});
        const auto started = guard.start();
        QVERIFY(!started);
        QCOMPARE(started.error().path, u"auth.apiKeys.file"_s);
    }

    void writesDownWhenAKeyWasLastUsed()
    {
        const QByteArray text = billing();
        {
            const auto guard = authenticator();
            QVERIFY(ask(*guard, bringing(text)));
        }
        QVERIFY(listedKeys(m_config)->contains(u"last used "_s + textOf(Time(std::chrono::seconds(Today)))));
    }
};

DIALOGUE_TEST(TestApiKeyAuthenticator, QCoreApplication)
#include "tst_apikeyauthenticator.moc"
