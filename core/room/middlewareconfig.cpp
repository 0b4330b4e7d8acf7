#include "core/room/middlewareconfig.h"

#include "core/schema/format.h"
#include "core/schema/pattern.h"

#include <QUrl>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace dialogue {

namespace {

// What is looked for in each event.
constexpr qsizetype MaxWords = 10'000;
constexpr qsizetype MaxWordLength = 200;
constexpr qsizetype MaxPatterns = 100;

Error wrongStep(const QString &path, const QString &message)
{
    return {.code = ErrorCode::ConfigError, .message = message, .path = path};
}

bool hasWord(const QString &text)
{
    const QList<uint> characters = text.toUcs4();
    return std::ranges::any_of(characters, [](uint each) { return QChar::isLetterOrNumber(each); });
}

Result<void> checkWords(const QStringList &words)
{
    if (words.size() > MaxWords)
        return wrongStep(u"blocklist"_s, u"has %1 words, %2 are allowed"_s.arg(words.size()).arg(MaxWords));
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString path = u"blocklist[%1]"_s.arg(i);
        if (!hasWord(words[i]))
            return wrongStep(
                path, u"must be a word, or several: \"%1\" has no letter and no digit"_s.arg(words[i]));
        if (words[i].size() > MaxWordLength)
            return wrongStep(path, u"must have at most %1 characters"_s.arg(MaxWordLength));
    }
    return {};
}

Result<void> checkPatterns(const QStringList &patterns)
{
    if (patterns.size() > MaxPatterns)
        return wrongStep(u"patterns"_s, u"are %1, %2 are allowed"_s.arg(patterns.size()).arg(MaxPatterns));
    for (qsizetype i = 0; i < patterns.size(); ++i) {
        const QString path = u"patterns[%1]"_s.arg(i);
        const auto pattern = schema::Pattern::compile(patterns[i]);
        if (!pattern)
            return wrongStep(path, pattern.error().message);
        if (pattern->match({}) == schema::Pattern::Match::Yes)
            return wrongStep(path, u"matches the empty text, and so whatever is said"_s);
    }
    return {};
}

Result<void> checkOne(const EventLogger &logger)
{
    if (logger.linesPerSecond < 1)
        return wrongStep(u"linesPerSecond"_s, u"must be at least 1, not %1"_s.arg(logger.linesPerSecond));
    return {};
}

Result<void> checkOne(const ContentFilter &filter)
{
    if (filter.blocklist.isEmpty() && filter.patterns.isEmpty())
        return wrongStep({}, u"looks for nothing: name words (blocklist) or patterns"_s);
    if (filter.maxLength < 1)
        return wrongStep(u"maxLength"_s, u"must be at least 1, not %1"_s.arg(filter.maxLength));
    if (auto good = checkWords(filter.blocklist); !good)
        return good;
    if (auto good = checkPatterns(filter.patterns); !good)
        return good;
    for (qsizetype i = 0; i < filter.fields.size(); ++i) {
        const QByteArray field = filter.fields[i].toUtf8();
        if (!schema::matches(schema::Format::JsonPointer,
                             {field.constData(), static_cast<std::size_t>(field.size())})) {
            return wrongStep(u"fields[%1]"_s.arg(i),
                             u"must be a JSON pointer such as \"/text\", not \"%1\""_s.arg(filter.fields[i]));
        }
    }
    return {};
}

Result<void> checkOne(const RequireRole &required)
{
    if (required.roles.isEmpty() || required.roles.contains(QString()))
        return wrongStep(u"roles"_s, u"must name a role, or several"_s);
    return {};
}

Result<void> checkOne(const RateLimit &limit)
{
    if (limit.maxEvents < 1)
        return wrongStep(u"maxEvents"_s, u"must be at least 1, not %1"_s.arg(limit.maxEvents));
    if (limit.window < 1ms)
        return wrongStep(u"window"_s, u"must be at least a millisecond"_s);
    return {};
}

Result<void> checkOne(const Webhook &webhook)
{
    const QUrl url(webhook.url, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || (url.scheme() != "https"_L1 && url.scheme() != "http"_L1))
        return wrongStep(u"url"_s, u"must be an address such as \"https://example.org/check\""_s);
    if (!url.userInfo().isEmpty() || url.hasFragment())
        return wrongStep(u"url"_s, u"must have no user, no password and no fragment"_s);
    if (webhook.secretFile.isEmpty())
        return wrongStep(u"secretFile"_s,
                         u"is required: what is sent is signed, so that nobody else can ask in our name"_s);
    if (webhook.timeout < 1ms)
        return wrongStep(u"timeout"_s, u"must be at least a millisecond"_s);
    if (webhook.retries < 0)
        return wrongStep(u"retries"_s, u"must not be negative"_s);
    if (webhook.maxPending < 1 || webhook.pendingBytes < 1 || webhook.answerSize < 1)
        return wrongStep({}, u"maxPending, pendingBytes and answerSize must be at least 1"_s);
    return {};
}

} // namespace

QString middlewareName(const MiddlewareConfig &middleware)
{
    static const std::array<QString, std::variant_size_v<MiddlewareConfig>> names{
        u"logger"_s, u"contentFilter"_s, u"requireRole"_s, u"rateLimit"_s, u"webhook"_s};
    return names[middleware.index()];
}

Result<void> checkMiddleware(const MiddlewareConfig &middleware)
{
    return std::visit([](const auto &each) { return checkOne(each); }, middleware);
}

Result<void> checkMiddleware(const QList<MiddlewareConfig> &middleware)
{
    for (qsizetype i = 0; i < middleware.size(); ++i) {
        if (const auto good = checkMiddleware(middleware[i]); !good) {
            const QString &inner = good.error().path;
            return wrongStep(u"[%1].%2"_s.arg(i).arg(middlewareName(middleware[i]))
                                 + (inner.isEmpty() ? QString() : u'.' + inner),
                             good.error().message);
        }
    }
    return {};
}

} // namespace dialogue
