#include "server/apikeys/keyring.h"
#include "server/apikeys/lastuses.h"

#include "testclasses.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue;
using namespace dialogue::apikeys;

namespace {

const QByteArray Hash(64, 'a');

QByteArray secret(const QByteArray &more = {})
{
    return R"({"sha256": ")" + Hash + R"(", "created": "2026-01-31T12:00:00Z")" + more + '}';
}

QByteArray key(const QByteArray &id, const QByteArray &secrets = secret(),
               const QByteArray &scopes = R"("trigger")", const QByteArray &from = "billing")
{
    return R"({"keys": {")" + id + R"(": {"from": ")" + from + R"(", "scopes": [)" + scopes
        + R"(], "rooms": ["chat"], "secrets": [)" + secrets + "]}}}";
}

} // namespace

class TestKeyRing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isReadAsItIsWritten()
    {
        KeyRing ring;
        ring.keys.insert(u"a"_s,
                         {.from = u"Ann ✓"_s,
                          .scopes = {u"trigger"_s, u"history"_s},
                          .rooms = {u"chat"_s, u"orders-*"_s},
                          .roles = {u"editor"_s},
                          .secrets = {{.hash = QByteArray(32, 'x'), .created = *timeOf(u"2026-01-31"_s)},
                                      {.hash = QByteArray(32, 'y'),
                                       .created = *timeOf(u"2026-02-01T08:30:00Z"_s),
                                       .expires = timeOf(u"2027-02-01"_s)}}});
        const auto read = KeyRing::parse(ring.toJson());
        QVERIFY2(read, read ? "" : qPrintable(read.error().message));
        const KeyEntry *const entry = read->find(u"a"_s);
        QVERIFY(entry);
        QVERIFY(entry->isAlike(ring.keys.first()));
        QCOMPARE(entry->secrets, ring.keys.first().secrets);
        QCOMPARE(read->find(u"b"_s), nullptr);
        QVERIFY(KeyRing::parse(R"({"keys": {}})"));
    }

    void isRefusedWhereItIsBad_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("error");
        const auto row = [](const char *name, const QByteArray &text, const QString &error) {
            QTest::newRow(name) << text << error;
        };
        row("nothing", "", u"is no object of JSON"_s);
        row("a list", "[]", u"is no object of JSON"_s);
        row("cut", key("a").chopped(1), u"is no JSON: "_s);
        row("a member twice", R"({"keys": {}, "keys": {}})", u"has the member \"keys\" twice"_s);
        row("no keys", "{}", u"the file needs 'keys'"_s);
        row("something else", R"({"keys": {}, "more": 1})", u"the file has an unknown member \"more\""_s);
        row("a list of keys", R"({"keys": []})", u"keys must be an object, of keys by their ids"_s);
        row("an id that is none", key("A b"),
            u"keys have the id \"A b\"; one has at most 32 small letters, digits and dashes"_s);
        row("a key that is none", R"({"keys": {"a": 1}})", u"keys.a must be an object"_s);
        row("a key without a name", R"({"keys": {"a": {}}})", u"keys.a needs 'from'"_s);
        row("the server's name", key("a", secret(), R"("trigger")", "System"),
            u"keys.a.from The user id 'system' is the server's own in any spelling; use another"_s);
        row("an unknown scope", key("a", secret(), R"("triger")"),
            u"keys.a.scopes must be of see, join, trigger, history, create, delete, request, monitor, manage, not \"triger\""_s);
        row("a scope that is no text", key("a", secret(), "1"), u"keys.a.scopes[0] must be a text"_s);
        row("no secret", key("a", ""), u"keys.a.secrets must be a list of one secret, or of 2"_s);
        row("three secrets", key("a", secret() + ',' + secret() + ',' + secret()),
            u"keys.a.secrets must be a list of one secret, or of 2"_s);
        row("a hash in capitals", key("a", secret().replace(Hash, Hash.toUpper())),
            u"keys.a.secrets[0].sha256 must be the SHA-256 of a key, in 64 small hexadecimal digits"_s);
        row("a short hash", key("a", secret().replace(Hash, Hash.chopped(2))),
            u"keys.a.secrets[0].sha256 must be the SHA-256 of a key, in 64 small hexadecimal digits"_s);
        row("a key in its place", key("a", secret().replace(Hash, "dlg_a_" + QByteArray(43, 'b'))),
            u"keys.a.secrets[0].sha256 must be the SHA-256 of a key, in 64 small hexadecimal digits"_s);
        row("a time of some place", key("a", secret(R"(, "expires": "2027-01-31T12:00:00")")),
            u"keys.a.secrets[0].expires must be a time such as \"2027-01-31T12:00:00Z\""_s);
        row("a day that is none", key("a", secret(R"(, "expires": "2027-02-31T12:00:00Z")")),
            u"keys.a.secrets[0].expires must be a time such as \"2027-01-31T12:00:00Z\""_s);
        row("an unknown member", key("a", secret(R"(, "expire": "2027-01-31T12:00:00Z")")),
            u"keys.a.secrets[0] has an unknown member \"expire\""_s);
    }
    void isRefusedWhereItIsBad()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, error);
        const auto ring = KeyRing::parse(text);
        QVERIFY(!ring);
        QCOMPARE(ring.error().code, ErrorCode::ConfigError);
        QVERIFY2(ring.error().message.startsWith(error), qPrintable(ring.error().message));
        QVERIFY(!ring.error().message.contains(u"dlg_"_s));
    }

    void remembersUsesToTheMinute()
    {
        const QTemporaryDir folder;
        KeyRing ring;
        const QByteArray hash(32, 'x');
        ring.keys.insert(u"a"_s, {.from = u"a"_s, .secrets = {{.hash = hash, .created = {}}}});
        LastUses uses;
        const Time noon = *timeOf(u"2026-01-31T12:00:00Z"_s);
        QVERIFY(!uses.of(hash));
        QVERIFY(uses.note(hash, noon));
        QVERIFY(!uses.note(hash, noon + std::chrono::seconds(59)));
        QVERIFY(uses.note(hash, noon + std::chrono::seconds(60)));
        QVERIFY(uses.note(QByteArray(32, 'z'), noon)); // Of a secret that is gone since.
        const QString name = folder.filePath(u"used"_s);
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(uses.toJson(ring));
        file.close();
        const LastUses read = LastUses::load(name);
        QCOMPARE(read.of(hash), noon + std::chrono::seconds(60));
        QVERIFY(!read.of(QByteArray(32, 'z')));
    }
};

DIALOGUE_TEST(TestKeyRing, QCoreApplication)
#include "tst_keyring.moc"
