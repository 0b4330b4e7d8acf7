#include "server/http/openresponses.h"

#include <QPointer>

namespace dialogue {

std::shared_ptr<void> OpenResponses::open()
{
    ++m_count;
    return {this, [to = QPointer(this)](void *) {
                if (to)
                    to->closed();
            }};
}

void OpenResponses::closed()
{
    if (--m_count == 0)
        Q_EMIT idle();
}

} // namespace dialogue
