#include "otherservice.h"

#include <dialogue/server/dialogue.h>

namespace dialogue::test {

OtherService::OtherService(std::function<void(HttpRouter &)> addRoutes)
    : m_addRoutes(std::move(addRoutes))
{
    start();
    m_ready.acquire();
}

OtherService::~OtherService()
{
    quit();
    wait();
}

void OtherService::run()
{
    Dialogue service({.port = 0, .workers = 0});
    m_addRoutes(service.http());
    if (const auto started = service.start(); !started)
        qFatal("%s", qPrintable(started.error().text()));
    m_url = service.url();
    m_ready.release();
    exec();
}

} // namespace dialogue::test
