#include "console/form/datacheck.h"

#include <QMetaObject>

#include <atomic>

namespace dialogue::console {

struct DataCheck::State
{
    std::atomic<quint64> newest = 0;
    Result<Schema> schema = Schema(); // Of the worker alone.
};

DataCheck::DataCheck(QObject *parent)
    : QObject(parent)
    , m_state(std::make_shared<State>())
{
    m_worker.setMaxThreadCount(1);
}

DataCheck::~DataCheck()
{
    m_worker.clear();
    m_worker.waitForDone();
}

void DataCheck::setSchema(const QJsonObject &schema)
{
    m_worker.start([this, state = m_state, schema] {
        state->schema = Schema::fromJson(schema);
        if (!state->schema) {
            QMetaObject::invokeMethod(
                this, [this, error = state->schema.error()] { Q_EMIT failed(error); }, Qt::QueuedConnection);
        }
    });
}

void DataCheck::check(const QJsonValue &data)
{
    m_state->newest = ++m_asked;
    m_worker.start([this, state = m_state, number = m_asked, data] {
        if (number != state->newest)
            return;
        const QList<SchemaFault> faults
            = state->schema ? state->schema->explain(JsonData(data)) : QList<SchemaFault>();
        QMetaObject::invokeMethod(
            this,
            [this, number, faults] {
                if (number != m_asked)
                    return;
                m_answered = number;
                Q_EMIT checked(faults);
            },
            Qt::QueuedConnection);
    });
}

} // namespace dialogue::console
