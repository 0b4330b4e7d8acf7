#include "server/http/javascriptclient.h"

#include "server/http/entitytag.h"
#include "server/http/router.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QFile>

namespace dialogue {

namespace {

const QString ModuleFolder = QStringLiteral(":/dialogue/js/");

HttpResponse moduleResponse(const HttpRequest &request, const QByteArray &content, const QByteArray &tag)
{
    HttpResponse response = isKnown(request, tag)
        ? HttpResponse{.status = 304}
        : HttpResponse::of(200, "text/javascript; charset=utf-8", content);
    response.headers.append("ETag", tag);
    // Kept, and asked for again each time: the address stays the same when the server becomes another
    // version.
    response.headers.append("Cache-Control", "no-cache");
    response.headers.append("X-Content-Type-Options", "nosniff");
    return response;
}

} // namespace

void addJavaScriptClient(HttpRouter &router, const QByteArray &endpoint)
{
    QDirIterator files(ModuleFolder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray content = file.readAll();
        const QByteArray tag
            = '"' + QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex().left(32) + '"';
        const QByteArray path = "/dialogue/" + file.fileName().mid(ModuleFolder.size()).toLatin1();
        if (path.startsWith(endpoint))
            continue;
        router.get(path, [content, tag](const HttpRequest &request) {
            return moduleResponse(request, content, tag);
        });
    }
}

} // namespace dialogue
