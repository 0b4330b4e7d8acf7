#pragma once

#include <dialogue/server/http/router.h>

#include <QSemaphore>
#include <QThread>
#include <QUrl>

#include <functional>

namespace dialogue::test {

/** Somebody else's HTTP service, in a thread of its own, which an example asks. */
class OtherService : public QThread
{
public:
    explicit OtherService(std::function<void(HttpRouter &)> addRoutes);
    ~OtherService() override;
    [[nodiscard]] const QUrl &url() const { return m_url; }

protected:
    void run() override;

private:
    const std::function<void(HttpRouter &)> m_addRoutes;
    QSemaphore m_ready;
    QUrl m_url;
};

} // namespace dialogue::test
