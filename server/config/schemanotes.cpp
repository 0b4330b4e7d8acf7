#include "server/config/schemanotes.h"

#include "core/base/nearest.h"

using namespace Qt::StringLiterals;

namespace dialogue::config {

namespace {

/** In a word of four letters two slips make any word of any other. */
constexpr int ShortWord = 4;

void tellUnknownKeyword(const QString &name, FilePosition position, const QString &path, Issues &issues)
{
    const QStringList known = Schema::keywords();
    if (known.contains(name)) {
        issues.warning(position, path,
                       u"is a keyword of draft 2020-12, and has no effect in draft 7, which $schema names"_s);
        return;
    }
    const QString meant
        = name.size() > ShortWord ? nearest(name, known) : nearest(name, known, name.size() > 1 ? 1 : 0);
    if (!meant.isEmpty()) {
        issues.error(position, path, u"is no keyword of JSON Schema; did you mean %1?"_s.arg(meant));
        return;
    }
    issues.warning(position, path,
                   u"is no keyword of JSON Schema, and has no effect; name it x-%1 if it is a note"_s.arg(
                       visible(name.left(40))));
}

} // namespace

void tellSchemaNotes(const Schema &schema, const Node &node, const QString &path, Issues &issues)
{
    const QList<SchemaNote> notes = schema.notes();
    for (const SchemaNote &note : notes) {
        const FilePosition position = locate(node, note.path);
        const QString here = path.isEmpty() ? note.path : path + u'.' + note.path;
        switch (note.kind) {
        case SchemaNote::UnknownFormat:
            issues.warning(position, here,
                           u"\"%1\" is no format that is known here; it is not checked"_s.arg(
                               visible(note.name.left(40))));
            break;
        case SchemaNote::Contradiction:
            issues.warning(position, here,
                           note.name.isEmpty()
                               ? u"is a list without a value, so that nothing can satisfy it"_s
                               : u"contradicts the %1 beside it: nothing can satisfy both"_s.arg(note.name));
            break;
        case SchemaNote::MoreThanADouble:
            issues.warning(position, here,
                           u"has more digits than a double, so that programs which read numbers as such, "
                           "JavaScript among them, take it for %1"_s.arg(note.name));
            break;
        case SchemaNote::IgnoredBesideReference:
            issues.warning(position, here, u"has no effect beside $ref in draft 7; put both into an allOf"_s);
            break;
        case SchemaNote::UnknownKeyword:
            if (!note.name.startsWith("x-"_L1))
                tellUnknownKeyword(note.name, position, here, issues);
            break;
        }
    }
}

} // namespace dialogue::config
