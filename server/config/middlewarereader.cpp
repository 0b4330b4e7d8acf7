#include "server/config/middlewarereader.h"

#include "core/base/nearest.h"
#include "server/config/mapreader.h"
#include "server/config/middlewarefields.h"
#include "server/config/rates.h"

#include <QDir>
#include <QFileInfo>
#include <QHostAddress>
#include <QUrl>

#include <optional>

using namespace Qt::StringLiterals;

namespace dialogue::config {

namespace {

QStringList stepNames()
{
    QStringList names;
    for (const MiddlewareDoc &each : middlewareDocs())
        names.append(each.name);
    return names;
}

class StepReader
{
public:
    StepReader(const Surroundings &around, Issues &issues)
        : m_around(around)
        , m_issues(issues)
    { }

    std::optional<MiddlewareConfig> read(const Node &node, const QString &path);

private:
    std::optional<MiddlewareConfig> readStep(const QString &name, const Node &value, const QString &path);
    template <class Step>
    std::optional<MiddlewareConfig> readFields(const Fields<Step> &fields, const Node &value,
                                               const QString &path, Step step = {});
    std::optional<MiddlewareConfig> readRole(const Node &value, const QString &path);
    std::optional<MiddlewareConfig> readLimit(const Node &value, const QString &path);
    void settle(Webhook &webhook, const Node &value, const QString &path);
    std::optional<MiddlewareConfig> unknown(const QString &name, FilePosition position, const QString &path);

    const Surroundings &m_around;
    Issues &m_issues;
};

std::optional<MiddlewareConfig> StepReader::unknown(const QString &name, FilePosition position,
                                                    const QString &path)
{
    const QString meant = nearest(name, stepNames());
    m_issues.error(position, path,
                   u"no middleware is called '%1'; %2"_s.arg(visible(name.left(80)),
                                                             meant.isEmpty()
                                                                 ? u"there are "_s + stepNames().join(u", "_s)
                                                                 : u"did you mean '%1'?"_s.arg(meant)));
    return {};
}

std::optional<MiddlewareConfig> StepReader::read(const Node &node, const QString &path)
{
    if (node.kind == Node::Kind::Scalar && !node.scalar.isEmpty())
        return readStep(node.scalar, Node(Node::Kind::Null, node.position), path);
    if (node.kind == Node::Kind::Map && node.members.size() == 1) {
        const Member &member = node.members.front();
        return readStep(member.key, member.value, path);
    }
    m_issues.error(
        node.position, path,
        u"must be the name of a middleware, or a map of one name and what it takes, such as "
        "{contentFilter: {blocklist: [spam]}}, not %1"_s.arg(
            node.kind == Node::Kind::Map ? u"a map of %1"_s.arg(node.members.size()) : describe(node)));
    return {};
}

template <class Step>
std::optional<MiddlewareConfig> StepReader::readFields(const Fields<Step> &fields, const Node &value,
                                                       const QString &path, Step step)
{
    const int errorsBefore = m_issues.errorCount();
    MapReader<Step>(fields, m_issues).read(value, path, step);
    if (m_issues.errorCount() != errorsBefore)
        return {};
    if (const auto good = checkMiddleware(step); !good) {
        const QString &inner = good.error().path;
        const FilePosition position = inner.isEmpty() ? value.position : locate(value, inner);
        m_issues.error(position.line > 0 ? position : value.position,
                       inner.isEmpty() ? path : path + u'.' + inner, good.error().message);
        return {};
    }
    if constexpr (std::is_same_v<Step, Webhook>)
        settle(step, value, path);
    return step;
}

std::optional<MiddlewareConfig> StepReader::readStep(const QString &name, const Node &value,
                                                     const QString &path)
{
    const QString here = path + u'.' + name;
    if (name == "logger"_L1)
        return readFields(loggerFields(), value, here);
    if (name == "contentFilter"_L1)
        return readFields(contentFilterFields(), value, here);
    if (name == "webhook"_L1)
        return readFields(webhookFields(), value, here);
    if (name == "requireRole"_L1)
        return readRole(value, here);
    if (name == "rateLimit"_L1)
        return readLimit(value, here);
    return unknown(name, value.position, path);
}

std::optional<MiddlewareConfig> StepReader::readRole(const Node &value, const QString &path)
{
    RequireRole required;
    for (const Node &item : value.kind == Node::Kind::List ? value.items : std::vector<Node>{value}) {
        if (item.kind != Node::Kind::Scalar || item.scalar.isEmpty()) {
            m_issues.error(item.position, path,
                           u"must be the name of a role, or a list of them, not %1"_s.arg(describe(item)));
            return {};
        }
        required.roles.append(item.scalar);
    }
    if (required.roles.isEmpty()) {
        m_issues.error(value.position, path, u"names no role, and nobody has that"_s);
        return {};
    }
    if (!m_around.isVouched) {
        m_issues.warning(value.position, path,
                         u"nobody vouches for users here (auth.jwt): no role of theirs counts"_s);
    }
    return required;
}

std::optional<MiddlewareConfig> StepReader::readLimit(const Node &value, const QString &path)
{
    const auto read = readRate(value);
    if (const auto *wrong = std::get_if<WrongValue>(&read)) {
        m_issues.error(wrong->position, path, wrong->message);
        return {};
    }
    return std::get<RateLimit>(std::get<FieldValue>(read));
}

void StepReader::settle(Webhook &webhook, const Node &value, const QString &path)
{
    if (webhook.timeout >= m_around.longestAnswer) {
        const Node *const timeout = value.find(u"timeout");
        m_issues.error(
            timeout ? timeout->position : value.position, path + u".timeout"_s,
            u"must be less than hooks.timeout (%1 ms), after which nobody waits for it any more"_s.arg(
                m_around.longestAnswer.count()));
    }
    const QDir folder = QFileInfo(m_issues.fileName()).dir();
    webhook.secretFile = QDir::cleanPath(folder.absoluteFilePath(webhook.secretFile));
    if (!webhook.ca.isEmpty())
        webhook.ca = QDir::cleanPath(folder.absoluteFilePath(webhook.ca));
    if (webhook.url.startsWith("http:"_L1, Qt::CaseInsensitive)) {
        const QString host = QUrl(webhook.url).host();
        if (host != "localhost"_L1 && !QHostAddress(host).isLoopback()) {
            m_issues.warning(locate(value, u"url"), path + u".url"_s,
                             u"is not https: whoever is on the way reads what is said, and can answer"_s);
        }
    }
}

} // namespace

QList<MiddlewareConfig> readMiddleware(const Node &node, const QString &path, const Surroundings &around,
                                       Issues &issues)
{
    QList<MiddlewareConfig> steps;
    if (node.kind == Node::Kind::Null)
        return steps;
    if (node.kind != Node::Kind::List) {
        issues.error(node.position, path,
                     u"must be a list such as [logger, {requireRole: member}], not %1"_s.arg(describe(node)));
        return steps;
    }
    StepReader reader(around, issues);
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        if (auto step = reader.read(node.items[i], path + u"[%1]"_s.arg(i)))
            steps.append(*std::move(step));
    }
    return steps;
}

} // namespace dialogue::config
