#pragma once

class QAbstractEventDispatcher;

namespace dialogue {

/** An event dispatcher on epoll for the calling thread; null: Qt's own does, as in a build without the native
 * transport (DIALOGUE_NATIVE_TRANSPORT). */
[[nodiscard]] QAbstractEventDispatcher *nativeDispatcher();

} // namespace dialogue
