#pragma once

#include <dialogue/core/base/result.h>

#include <QCoroTask>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QUrl>

#include <stop_token>

/**
 * The service that knows who is a member of what, asked over HTTP. Each of these is a coroutine: it takes
 * what it needs by value, as it goes on when its caller has long returned, and this outlives it.
 */
class Members
{
public:
    explicit Members(QUrl service)
        : m_service(std::move(service))
    { }

    /** May \a user enter \a room? */
    QCoro::Task<dialogue::Result<void>> mayEnter(QString user, QString room, std::stop_token stop);
    /** `{"name", "team"}` of \a user, for which two questions are asked. */
    QCoro::Task<dialogue::Result<QJsonValue>> profile(QString user, std::stop_token stop);

private:
    /** What the service has at \a path; asked again, after a moment, where it is busy. */
    QCoro::Task<dialogue::Result<QJsonObject>> get(QString path, std::stop_token stop);

    QUrl m_service;
    QNetworkAccessManager m_http;
};
