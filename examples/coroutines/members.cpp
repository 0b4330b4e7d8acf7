#include "members.h"

#include <QCoroNetworkReply>
#include <QCoroTimer>
#include <QJsonDocument>
#include <QNetworkReply>

#include <chrono>
#include <functional>

using namespace dialogue;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int busy = 503;
constexpr auto firstPause = 100ms;
constexpr auto longestPause = 400ms;

QString encoded(const QString &segment) { return QString::fromUtf8(QUrl::toPercentEncoding(segment)); }

} // namespace

QCoro::Task<Result<void>> Members::mayEnter(QString user, QString room, std::stop_token stop)
{
    const Result<QJsonObject> member
        = co_await get(u"/rooms/"_s + encoded(room) + u"/members/"_s + encoded(user), stop);
    if (member)
        co_return Result<void>();
    if (member.error().code == ErrorCode::PermissionDenied)
        co_return Error{ErrorCode::JoinDenied, u"Members only"_s};
    co_return member.error();
}

QCoro::Task<Result<QJsonValue>> Members::profile(QString user, std::stop_token stop)
{
    const Result<QJsonObject> person = co_await get(u"/users/"_s + encoded(user), stop);
    if (!person)
        co_return person.error();
    const Result<QJsonObject> team
        = co_await get(u"/teams/"_s + encoded((*person)["team"_L1].toString()), stop);
    if (!team)
        co_return team.error();
    co_return QJsonValue(QJsonObject{{u"name"_s, (*person)["name"_L1]}, {u"team"_s, (*team)["name"_L1]}});
}

QCoro::Task<Result<QJsonObject>> Members::get(QString path, std::stop_token stop)
{
    for (auto pause = firstPause;; pause *= 2) {
        QNetworkReply *const reply = m_http.get(QNetworkRequest(m_service.resolved(QUrl(path))));
        const std::unique_ptr<QNetworkReply, QScopedPointerDeleteLater> owner(reply);
        {
            // Who disconnects, or has waited too long, is not to be asked about any more.
            const std::function<void()> abort
                = [reply] { QMetaObject::invokeMethod(reply, &QNetworkReply::abort, Qt::QueuedConnection); };
            const std::stop_callback gone(stop, abort);
            co_await reply;
        }
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (reply->error() == QNetworkReply::NoError)
            co_return QJsonDocument::fromJson(reply->readAll()).object();
        if (status == 404)
            co_return Error{ErrorCode::PermissionDenied, u"The service knows nothing of that"_s};
        if (stop.stop_requested() || status != busy || pause > longestPause) {
            qWarning() << "Asked about members:" << reply->errorString();
            co_return Error{ErrorCode::Unavailable, u"Who is a member cannot be found out now"_s, {}, 1s};
        }
        co_await QCoro::sleepFor(pause);
    }
}
