#include "server/config/document.h"

#include "core/json/cursor.h"
#include "server/config/json.h"
#include "server/config/readable.h"
#include "server/config/yaml.h"

using namespace Qt::StringLiterals;

namespace dialogue::config {

namespace {

/** Whether \a text is to be read as JSON. YAML's readers take most of it, but not all. */
bool isJson(const QString &fileName, const QByteArray &text)
{
    if (fileName.endsWith(".json"_L1, Qt::CaseInsensitive))
        return true;
    json::Cursor cursor(text, MaxDepth);
    if (cursor.type() != json::Cursor::Type::Object)
        return false;
    cursor.skip();
    return cursor.atEnd();
}

} // namespace

std::optional<Node> parseDocument(QByteArray text, Issues &issues)
{
    if (text.size() > MaxFileSize) {
        issues.error({}, {}, u"is larger than %1 MB"_s.arg(MaxFileSize / (1024 * 1024)));
        return {};
    }
    if (text.startsWith("\xef\xbb\xbf")) // some editors' mark of UTF-8
        text.remove(0, 3);
    if (!isReadable(text, issues))
        return {};
    return isJson(issues.fileName(), text) ? parseJson(text, issues) : parseYaml(text, issues);
}

} // namespace dialogue::config
