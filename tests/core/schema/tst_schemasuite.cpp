#include "core/json/cursor.h"
#include "core/json/jsondata.h"
#include "core/schema/schema.h"

#include "testclasses.h"

#include <QDir>
#include <QDirIterator>
#include <QTest>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace dialogue;

/**
 * The official JSON Schema Test Suite, as Debian has it: every file of drafts 7 and 2020-12, required and
 * optional. Schema and data are taken as the text they are in the file, so that no number is rounded on the
 * way. DIALOGUE_SCHEMA_SUITES names another root than "/" to look for the packages' files in.
 */
class TestSchemaSuite : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isThere();
    void fileHolds_data();
    void fileHolds();
    void everyExceptionIsNeeded();

private:
    QSet<qsizetype> m_used;
};

namespace {

/** What is not as the suite has it, and why. An empty group is the whole file. */
struct Exception
{
    const char *file; ///< The end of its path.
    const char *group;
    const char *test; ///< Empty: all of the group.
    const char *reason;
};

constexpr const char *Idn = "internationalised names are not checked";
constexpr const char *RemoteReference = "a remote reference, to a schema of draft 2019-09";
constexpr const char *RemoteDraft = "a remote reference, by $schema, to a meta-schema of somebody's own";
constexpr const char *OtherwiseInNewer
    = "draft 2020-12 has content* for notes to people, and here they are that in both";

constexpr auto Exceptions = std::to_array<Exception>({
    {"draft7/optional/format/idn-email.json", "", "", Idn},
    {"draft7/optional/format/idn-hostname.json", "", "", Idn},
    {"draft2020-12/optional/format/idn-email.json", "", "", Idn},
    {"draft2020-12/optional/format/idn-hostname.json", "", "", Idn},
    {"draft7/optional/cross-draft.json", "", "", RemoteReference},
    {"draft2020-12/optional/cross-draft.json", "", "", RemoteReference},
    {"draft2020-12/optional/format-assertion.json", "", "", RemoteDraft},
    {"draft2020-12/vocabulary.json", "", "", RemoteDraft},
    {"draft7/optional/content.json", "", "an invalid JSON document", OtherwiseInNewer},
    {"draft7/optional/content.json", "", "an invalid base64 string (% is not a valid character)",
     OtherwiseInNewer},
    {"draft7/optional/content.json", "", "a validly-encoded invalid JSON document", OtherwiseInNewer},
    {"draft7/optional/content.json", "", "an invalid base64 string that is valid JSON", OtherwiseInNewer},
});

struct Case
{
    QString description;
    QByteArray data;
    bool valid = false;
};

struct Group
{
    QString description;
    QByteArray schema;
    QList<Case> cases;
};

struct Suite
{
    const char *draft;
    const char *tests;
    const char *remotes;
};

constexpr auto Suites = std::to_array<Suite>({
    {"draft7", "/usr/share/json-schema-test-suite/tests", "/usr/share/json-schema-test-suite/remotes"},
    {"draft7", "/usr/share/perl5/auto/share/dist/Test-JSON-Schema-Acceptance/tests",
     "/usr/share/perl5/auto/share/dist/Test-JSON-Schema-Acceptance/remotes"},
    {"draft2020-12", "/usr/share/perl5/auto/share/dist/Test-JSON-Schema-Acceptance/tests",
     "/usr/share/perl5/auto/share/dist/Test-JSON-Schema-Acceptance/remotes"},
});

QString root() { return qEnvironmentVariable("DIALOGUE_SCHEMA_SUITES"); }

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Case readCase(json::Cursor &cursor)
{
    Case result;
    for (bool more = cursor.enterObject(); more; more = cursor.nextMember()) {
        if (cursor.key().is("description"))
            result.description = cursor.string()->decoded();
        else if (cursor.key().is("data"))
            result.data = cursor.skip().toByteArray();
        else if (cursor.key().is("valid"))
            result.valid = cursor.skip() == "true";
        else
            cursor.skip();
    }
    return result;
}

/** A few files are there, and have no groups. */
std::optional<QList<Group>> readFile(const QByteArray &text)
{
    QList<Group> groups;
    json::Cursor cursor(text);
    for (bool more = cursor.enterArray(); more; more = cursor.nextItem()) {
        Group group;
        for (bool member = cursor.enterObject(); member; member = cursor.nextMember()) {
            if (cursor.key().is("description")) {
                group.description = cursor.string()->decoded();
            } else if (cursor.key().is("schema")) {
                group.schema = cursor.skip().toByteArray();
            } else if (cursor.key().is("tests")) {
                for (bool test = cursor.enterArray(); test; test = cursor.nextItem())
                    group.cases += readCase(cursor);
            } else {
                cursor.skip();
            }
        }
        groups += group;
    }
    return cursor.atEnd() ? std::optional(groups) : std::nullopt;
}

/** The draft is said where the file leaves it to its folder. */
QByteArray withDraft(const QByteArray &schema, const QString &draft)
{
    if (draft != u"draft7"_s || !schema.startsWith('{') || schema.contains("\"$schema\""))
        return schema;
    const QByteArray rest = schema.mid(1).trimmed();
    return "{\"$schema\":\"http://json-schema.org/draft-07/schema#\"" + QByteArray(rest == "}" ? "" : ",")
        + rest;
}

/** Where the suite would have a web server, its files; over the network nothing is ever fetched. */
SchemaSource sourceOf(const Suite &suite)
{
    const QString folder = root() + QLatin1String(suite.remotes);
    const QString draft = QLatin1String(suite.draft);
    const auto load = [folder, draft](const QString &uri) -> std::optional<QByteArray> {
        const QString server = u"http://localhost:1234/"_s;
        if (!uri.startsWith(server))
            return std::nullopt;
        const QByteArray text = contents(folder + u'/' + uri.mid(server.size()));
        return text.isEmpty() ? std::nullopt : std::optional(withDraft(text.trimmed(), draft));
    };
    return {{}, load};
}

std::optional<qsizetype> exceptionFor(const QString &file, const QString &group, const QString &test)
{
    for (qsizetype i = 0; i < qsizetype(Exceptions.size()); ++i) {
        const Exception &exception = Exceptions[static_cast<std::size_t>(i)];
        if (file.endsWith(QLatin1String(exception.file))
            && (!*exception.group || group == QString::fromUtf8(exception.group))
            && (!*exception.test || test == QString::fromUtf8(exception.test)))
            return i;
    }
    return std::nullopt;
}

/** What is otherwise than the suite has it; empty: nothing. */
QString difference(const Schema &schema, const Case &test, const Admission &admission)
{
    JsonData data = JsonData::fromText(test.data);
    const Result<void> admitted = schema.admit(data, admission);
    if (admitted.has_value() == test.valid)
        return {};
    return admitted ? u"is taken"_s : admitted.error().text();
}

} // namespace

void TestSchemaSuite::isThere()
{
    for (const Suite &suite : Suites) {
        const QString folder = root() + QLatin1String(suite.tests) + u'/' + QLatin1String(suite.draft);
        QVERIFY2(QDir(folder).exists(),
                 qPrintable(folder
                            + u" is not there: packages.txt names json-schema-test-suite and "
                              "libtest-json-schema-acceptance-perl"_s));
    }
}

void TestSchemaSuite::fileHolds_data()
{
    QTest::addColumn<int>("suite");
    QTest::addColumn<QString>("path");
    for (int i = 0; i < int(Suites.size()); ++i) {
        const QString tests = root() + QLatin1String(Suites[static_cast<std::size_t>(i)].tests);
        const QString folder = tests + u'/' + QLatin1String(Suites[static_cast<std::size_t>(i)].draft);
        QStringList files;
        for (QDirIterator it(folder, {u"*.json"_s}, QDir::Files, QDirIterator::Subdirectories); it.hasNext();)
            files += it.next();
        files.sort();
        for (const QString &path : std::as_const(files))
            QTest::addRow("%d: %s", i, qPrintable(path.mid(tests.size() + 1))) << i << path;
    }
}

void TestSchemaSuite::fileHolds()
{
    QFETCH(int, suite);
    QFETCH(QString, path);
    const Suite &from = Suites[static_cast<std::size_t>(suite)];
    // Annotations, where the file is not about what formats assert.
    const Admission admission{.formats = path.contains(u"/optional/"_s)};
    const std::optional<QList<Group>> groups = readFile(contents(path).trimmed());
    QVERIFY(groups);

    QStringList differences;
    const auto differs = [&](const QString &group, const QString &test, const QString &what) {
        if (const auto exception = exceptionFor(path, group, test))
            m_used.insert(*exception);
        else
            differences += group + u": "_s + test + u": "_s + what;
    };
    for (const Group &group : *groups) {
        const Result<Schema> schema
            = Schema::fromText(withDraft(group.schema, QLatin1String(from.draft)), sourceOf(from));
        for (const Case &test : group.cases) {
            if (!schema)
                differs(group.description, test.description, schema.error().text());
            else if (const QString what = difference(*schema, test, admission); !what.isEmpty())
                differs(group.description, test.description, what);
        }
    }
    QVERIFY2(differences.isEmpty(), qPrintable(u"\n  "_s + differences.join(u"\n  "_s)));
}

void TestSchemaSuite::everyExceptionIsNeeded()
{
    for (qsizetype i = 0; i < qsizetype(Exceptions.size()); ++i) {
        const Exception &exception = Exceptions[static_cast<std::size_t>(i)];
        QVERIFY2(m_used.contains(i),
                 qPrintable(QLatin1String(exception.file) + u": all holds that is excepted since "_s
                            + QLatin1String(exception.reason)));
    }
}

DIALOGUE_TEST(TestSchemaSuite, NoApplication)
#include "tst_schemasuite.moc"
