#include "server/config/loglevels.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

/** As filter rules name the types of messages, in the order of logLevelNames(); critical ones are errors. */
const QStringList TypeNames{u"critical"_s, u"warning"_s, u"info"_s, u"debug"_s};

QString rulesOf(const QString &category, qsizetype level)
{
    QString rules;
    for (qsizetype i = 0; i < TypeNames.size(); ++i) {
        rules += u"dialogue.%1.%2=%3\n"_s.arg(category, TypeNames[i], i <= level ? u"true"_s : u"false"_s);
    }
    return rules;
}

Error wrong(const QString &what, const QStringList &words)
{
    return {.code = ErrorCode::ConfigError, .message = u"%1; there are %2"_s.arg(what, words.join(u", "_s))};
}

} // namespace

QStringList logLevelNames() { return {u"error"_s, u"warning"_s, u"info"_s, u"debug"_s}; }

QStringList logCategoryNames()
{
    return {u"auth"_s, u"engine"_s, u"events"_s, u"gateway"_s, u"http"_s,
            u"net"_s,  u"rooms"_s,  u"server"_s, u"socket"_s,  u"store"_s};
}

Result<QString> logFilterRules(const QString &levels)
{
    const QStringList names = logLevelNames();
    QHash<QString, qsizetype> byCategory;
    qsizetype ofAll = names.indexOf(u"info"_s);
    for (const QString &word : levels.split(u',')) {
        const qsizetype at = word.indexOf(u'=');
        const QString category = word.left(qMax<qsizetype>(at, 0)).trimmed();
        const QString level = word.sliced(at + 1).trimmed();
        const qsizetype index = names.indexOf(level);
        if (index < 0)
            return wrong(u"no level is called '%1'"_s.arg(level), names);
        if (at < 0)
            ofAll = index;
        else if (logCategoryNames().contains(category))
            byCategory.insert(category, index);
        else
            return wrong(u"no category is called '%1'"_s.arg(category), logCategoryNames());
    }
    QString rules;
    for (const QString &category : logCategoryNames())
        rules += rulesOf(category, byCategory.value(category, ofAll));
    return rules;
}

QString logLevelProblem(const QString &levels)
{
    const Result<QString> rules = logFilterRules(levels);
    return rules ? QString() : rules.error().message;
}

} // namespace dialogue
