#include "server/health/probes.h"

#include "server/health/insider.h"

#include <QSysInfo>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

/** As it is now, and not as a cache remembers it. */
HttpResponse fresh(const QJsonObject &object, int status = 200)
{
    HttpResponse response = HttpResponse::json(object, status);
    response.headers.append("Cache-Control", "no-store");
    return response;
}

QJsonObject toJson(Unready reason)
{
    const auto object = [](const QString &code, const QString &message) {
        return QJsonObject{{u"code"_s, code}, {u"message"_s, message}};
    };
    switch (reason) {
    case Unready::NotListening:
        return object(u"NOT_LISTENING"_s, u"It does not listen yet, or not any more"_s);
    case Unready::Stuck:
        return object(
            u"STUCK"_s,
            u"The thread of the rooms has not turned for %1 seconds"_s.arg(Vitals::Patience.count()));
    case Unready::NotStoring:
        return object(u"STORE_NOT_WRITABLE"_s,
                      u"What is said cannot be stored now; the log says why, and it is tried again"_s);
    case Unready::Draining:
        return object(u"SERVER_DRAINING"_s, u"It is about to end, and takes nobody in"_s);
    }
    return {};
}

HttpResponse healthAnswer(const Vitals &vitals)
{
    const bool isWell = vitals.isTurning();
    return fresh({{u"status"_s, isWell ? u"ok"_s : u"stuck"_s}}, isWell ? 200 : 503);
}

HttpResponse readyAnswer(const Vitals &vitals, bool withReasons)
{
    const QList<Unready> reasons = vitals.reasons();
    QJsonObject answer{{u"ready"_s, reasons.isEmpty()}};
    if (withReasons) {
        QJsonArray told;
        for (const Unready reason : reasons)
            told.append(toJson(reason));
        answer.insert(u"reasons"_s, told);
    }
    return fresh(answer, reasons.isEmpty() ? 200 : 503);
}

HttpResponse versionAnswer()
{
    return fresh({{u"name"_s, u"dialogue"_s},
                  {u"version"_s, QStringLiteral(DIALOGUE_VERSION)},
                  {u"qt"_s, QString::fromLatin1(qVersion())},
                  {u"architecture"_s, QSysInfo::buildCpuArchitecture()}});
}

} // namespace

HttpResponse notForStrangers()
{
    HttpResponse response
        = fresh({{u"message"_s,
                  u"This is for who asks from the server's own machine, or has an API key with the scope "
                  u"monitor (Authorization: Bearer)"_s}},
                403);
    return response;
}

Probes::Probes(std::shared_ptr<const Vitals> vitals, bool isOpen, std::vector<Path> paths)
    : m_vitals(std::move(vitals))
    , m_isOpen(isOpen)
    , m_paths(std::move(paths))
{ }

QByteArray Probes::nameOf(Path path)
{
    switch (path) {
    case Path::Health:
        return "/health";
    case Path::Ready:
        return "/ready";
    case Path::Version:
        return "/version";
    }
    return {};
}

std::optional<HttpResponse> Probes::answerAtOnce(const HttpRequest &request) const
{
    if (request.method != "GET" && request.method != "HEAD")
        return {};
    const auto path = std::find_if(m_paths.begin(), m_paths.end(),
                                   [&](Path each) { return request.path == nameOf(each); });
    if (path == m_paths.end())
        return {};
    const bool mayKnow = m_isOpen || isFromThisMachine(request);
    // Only the hub knows the keys. One that is stuck does not answer; but then /ready says it to anybody.
    const bool isForTheHub = *path != Path::Health && !mayKnow && request.headers.contains("Authorization")
        && m_vitals->isTurning();
    if (isForTheHub)
        return {};
    return answer(*path, mayKnow);
}

HttpResponse Probes::answer(Path path, bool mayKnow) const
{
    switch (path) {
    case Path::Health:
        return healthAnswer(*m_vitals);
    case Path::Ready:
        return readyAnswer(*m_vitals, mayKnow || m_isOpen);
    case Path::Version:
        return mayKnow || m_isOpen ? versionAnswer() : notForStrangers();
    }
    return {};
}

} // namespace dialogue
