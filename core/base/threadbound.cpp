#include "core/base/threadbound.h"

#include <QThread>

namespace dialogue {

bool isInThreadOf(const QObject *object)
{
    const QThread *const own = object->thread();
    return !own || own == QThread::currentThread() || own->isFinished();
}

const char *wrongThread()
{
    return "called from another thread than the object lives in; call it from there, for example by "
           "QMetaObject::invokeMethod(object, [=] { ... })";
}

} // namespace dialogue
