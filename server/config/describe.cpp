// What derives from the tables of fields: the defaults, and the reference page.
#include "server/config/adminfields.h"
#include "server/config/configfile.h"
#include "server/config/fields.h"
#include "server/config/middlewarefields.h"
#include "server/config/rates.h"
#include "server/config/tlsfields.h"
#include "server/config/values.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

using namespace config;

constexpr qsizetype LineLength = 100; // of a comment in the defaults

/** \a text as comment lines. */
QString comment(const QString &text, const QString &indent)
{
    QString lines;
    QString line;
    const QStringList words = text.split(u' ');
    for (const QString &word : words) {
        if (!line.isEmpty() && indent.size() + line.size() + word.size() + 3 > LineLength) {
            lines += indent + u"# "_s + line + u'\n';
            line.clear();
        }
        line += (line.isEmpty() ? QString() : u" "_s) + word;
    }
    return lines + indent + u"# "_s + line + u'\n';
}

QString capitalized(const QString &text)
{
    return text.isEmpty() ? text : text.front().toUpper() + text.mid(1);
}

/** The fields of one section, each with its last word as the key. */
template <class Owner>
Fields<Owner> fieldsOf(const Fields<Owner> &all, const QString &section)
{
    Fields<Owner> fields;
    for (const Field<Owner> &field : all) {
        if (field.key.section(u'.', 0, -2) == section)
            fields.append(field);
    }
    return fields;
}

QString tableCell(QString text) { return text.replace(u'|', "\\|"_L1); }

template <class Owner>
QString table(const Fields<Owner> &fields, const Owner &defaults)
{
    QString text = u"| key | takes | default | meaning |\n|---|---|---|---|\n"_s;
    for (const Field<Owner> &field : fields) {
        const QString value = toYaml(field, field.get(defaults));
        text += u"| `%1` | %2 | %3 | %4 |\n"_s.arg(
            field.key, tableCell(expectation(field)),
            value.isEmpty() || value == "\"\""_L1 ? u""_s : u'`' + value + u'`', tableCell(field.doc));
    }
    return text + u'\n';
}

constexpr auto RoomsExample = R"(# rooms:
#   chat:
#     name: Chat
#     maxSize: 50
#     events:
#       - name: message
#         schema:
#           type: object
#           properties:
#             text: {type: string, minLength: 1, maxLength: 1000}
#           required: [text]
#         history: {limit: 50}
#       - typing
#     defaultSubscriptions: [message]
#     syncHistoryOnJoin: 50
#     slowReader: {policy: disconnect}
)";

} // namespace

QByteArray defaultsYaml()
{
    const ServerConfig defaults;
    QString text
        = comment(u"The configuration of dialogue-server: every key with its default. "
                  "A file needs only those that differ. In a value ${NAME} and ${NAME:-otherwise} stand "
                  "for variables of the environment, and $${ for ${."_s,
                  {});
    for (const Section &section : sections()) {
        // A section within another stands below it.
        const QString outer = QString(2 * section.key.count(u'.'), u' ');
        const QString indent = section.key.isEmpty() ? QString() : outer + u"  "_s;
        text += u'\n' + comment(section.doc, outer);
        const Fields<ServerConfig> fields = fieldsOf(serverFields(), section.key);
        const bool hasValues = fields.isEmpty() // Then it is of sections.
            || std::ranges::any_of(fields, [&](const auto &field) {
                                   return !toYaml(field, field.get(defaults)).isEmpty();
                               });
        if (!section.key.isEmpty())
            text += outer + section.key.section(u'.', -1) + (hasValues ? u":\n"_s : u": {}\n"_s);
        for (const Field<ServerConfig> &field : fields) {
            text += comment(u"%1 %2."_s.arg(field.doc, capitalized(expectation(field))), indent);
            const QString key = field.key.section(u'.', -1);
            const QString value = toYaml(field, field.get(defaults));
            if (value.isEmpty()) // What it is then has no value of its own.
                text += u"%1# %2: %3\n"_s.arg(indent, key,
                                              field.choices.value(0, toYaml(field, FieldValue(field.least))));
            else
                text += u"%1%2: %3\n"_s.arg(indent, key, value);
        }
    }
    text += u'\n' + comment(middlewareDoc(), {}) + u"middleware: []\n"_s;
    text += u'\n' + comment(roomsDoc(), {}) + QString::fromLatin1(RoomsExample) + u"rooms: {}\n"_s;
    return text.toUtf8();
}

QByteArray configReference()
{
    const ServerConfig defaults;
    QString text
        = u"# Configuration\n\n"
          "<!-- Written from server/config/fields.cpp by the test tst_configdocs; see there. -->\n\n"
          "`dialogue-server --config FILE` reads a file of YAML, of which JSON is a part. `dialogue-server "
          "check FILE` "
          "says what is wrong with one, `dialogue-server defaults` prints one with every key, and "
          "`dialogue-server schema` prints a JSON Schema of it for editors.\n\n"
          "An unknown key is an error, and so is a key that stands twice. YAML's aliases and tags are not "
          "taken.\n\n"
          "In a value `${NAME}` stands for what the environment's variable of that name holds when the file "
          "is read, "
          "`${NAME:-otherwise}` for something else where it is unset or empty, and `$${` for `${`. One that "
          "is unset is an error. What is filled in is taken as it is, and no message shows it; a value that "
          "is one variable "
          "as a whole is read as if it stood there without quotes, so that `port: \"${PORT}\"` is a number. "
          "In YAML's `[ ]` and `{ }` quotes are needed. Keys, and files of schemas, have no variables.\n\n"
          "A secret has no key of its own: keys that end in `File` name a file that holds it. Names of "
          "files are relative to the folder of the configuration.\n\n"_s;
    for (const Section &section : sections()) {
        text += u"## %1\n\n%2\n\n"_s.arg(section.key.isEmpty() ? u"The server"_s : u'`' + section.key + u'`',
                                         section.doc);
        if (const auto fields = fieldsOf(serverFields(), section.key); !fields.isEmpty())
            text += table(fields, defaults);
        if (section.key == "roomCreation"_L1)
            text += u"`roomCreation.templates`: %1\n\n"_s.arg(templatesDoc());
        if (section.key == "auth.jwt"_L1) {
            text += u"### `auth.jwt.keys`\n\n%1\n\n"_s.arg(jwtKeysDoc());
            text += table(jwtKeyFields(), JwtKeyConfig{.algorithm = {}});
        } else if (section.key == "admin"_L1) {
            text += u"### `admin.accounts`\n\n%1\n\n"_s.arg(adminAccountsDoc());
            text += table(adminAccountFields(), AdminAccount());
            text += u"### `admin.redact`\n\n%1\n\n"_s.arg(redactionDoc());
            text += table(redactionFields(), RedactionRule());
        } else if (section.key == "tls"_L1) {
            text += u"### `tls.certificates`\n\n%1\n\n"_s.arg(tlsCertificatesDoc());
            text += table(tlsCertificateFields(), TlsCertificateConfig());
        } else if (section.key == "auth.certificates"_L1) {
            text += u"### `auth.certificates.users`\n\n%1\n\n"_s.arg(certificateUsersDoc());
            text += table(certificateUserFields(), CertificateUser{.name = {}});
        }
    }
    text += u"## `middleware`\n\n%1\n\n"_s.arg(middlewareDoc());
    for (const MiddlewareDoc &each : middlewareDocs()) {
        text += u"### `%1`\n\n%2\n\n"_s.arg(each.name, each.doc);
        if (each.name == "logger"_L1)
            text += table(loggerFields(), EventLogger());
        else if (each.name == "contentFilter"_L1)
            text += table(contentFilterFields(), ContentFilter());
        else if (each.name == "rateLimit"_L1)
            text += table(rateFields(), RateLimit());
        else if (each.name == "webhook"_L1)
            text += table(webhookFields(), Webhook{.url = {}, .secretFile = {}});
    }
    text += u"## `rooms`\n\n%1\n\n"_s.arg(roomsDoc());
    text += table(roomFields(), RoomConfig());
    text += u"`middleware`: %1\n\n"_s.arg(roomMiddlewareDoc());
    text += u"### `events`\n\n%1\n\n"_s.arg(eventsDoc());
    text += u"`name` is the event's name. `schema`: %1\n\n`meta`: %2\n\n"_s.arg(schemaDoc(), metaDoc());
    text += table(eventFields(), EventDefinition());
    return text.trimmed().toUtf8() + '\n';
}

} // namespace dialogue
