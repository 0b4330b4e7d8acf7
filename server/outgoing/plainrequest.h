#pragma once

#include <QNetworkRequest>

namespace dialogue {

/** For \a url, without what would send anything but the question, or follow what the answer says. */
[[nodiscard]] QNetworkRequest plainRequest(const QUrl &url);

} // namespace dialogue
