#include "server/http/demopage.h"

#include "server/http/router.h"

#include <QDir>
#include <QFile>
#include <QMimeDatabase>

namespace dialogue {

namespace {

const QString Folder = QStringLiteral(":/dialogue/demo/");

HttpResponse fileResponse(const QByteArray &content, const QByteArray &type)
{
    HttpResponse response = HttpResponse::of(200, type, content);
    response.headers.append("Cache-Control", "no-cache");
    response.headers.append("X-Content-Type-Options", "nosniff");
    // Only what is from where the page is from. But WebSockets may go to any host: not every browser takes
    // the page's own one for 'self', and to name the host we would have to believe the request.
    response.headers.append("Content-Security-Policy",
                            "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; "
                            "frame-ancestors 'none'");
    return response;
}

} // namespace

void addDemoPage(HttpRouter &router, const QByteArray &endpoint)
{
    const QMimeDatabase types;
    for (const QString &name : QDir(Folder).entryList(QDir::Files)) {
        QFile file(Folder + name);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        QByteArray type = types.mimeTypeForFile(name, QMimeDatabase::MatchExtension).name().toLatin1();
        if (type.startsWith("text/") || type == "application/javascript")
            type += "; charset=utf-8";
        QByteArray content = file.readAll();
        const bool isPage = name == u"index.html";
        if (isPage)
            content.replace(R"(content="socket.io/")", R"(content=".)" + endpoint + '"');
        const auto serve = [content, type](const HttpRequest &) { return fileResponse(content, type); };
        router.get('/' + name.toLatin1(), serve);
        if (isPage)
            router.get("/", serve);
    }
}

} // namespace dialogue
