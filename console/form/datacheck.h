#pragma once

#include "core/schema/schema.h"

#include <QObject>
#include <QThreadPool>

namespace dialogue::console {

/**
 * Holds data to a schema in a thread of its own, by the validator that the server has: compiling a large
 * schema takes its time. Of what is asked in a row the last is answered.
 */
class DataCheck : public QObject
{
    Q_OBJECT
public:
    explicit DataCheck(QObject *parent = nullptr);
    ~DataCheck() override;

    void setSchema(const QJsonObject &schema);
    void check(const QJsonValue &data);
    [[nodiscard]] bool isBusy() const { return m_asked != m_answered; }

Q_SIGNALS:
    /** Of the data of the last check(); none: it fits. */
    void checked(const QList<dialogue::SchemaFault> &faults);
    /** The schema cannot be used for checking. */
    void failed(const dialogue::Error &error);

private:
    struct State;
    std::shared_ptr<State> m_state; // Of the worker, which outlives nothing here.
    quint64 m_asked = 0;
    quint64 m_answered = 0;
    QThreadPool m_worker; // Of one thread.
};

} // namespace dialogue::console
