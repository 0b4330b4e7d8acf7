#pragma once

#include "core/base/answer.h"

#include <QJsonValue>
#include <QPromise>

#include <vector>

namespace dialogue {

/** Requests of the application's own that are answered when a test says so. */
template <class Asked>
class LaterAnswers
{
public:
    std::function<Answer<QJsonValue>(Asked)> handler()
    {
        return [this](Asked request) -> Answer<QJsonValue> {
            asked.push_back(std::move(request));
            promises.emplace_back().start();
            return promises.back().future();
        };
    }
    void answer(std::size_t which, const Result<QJsonValue> &result)
    {
        promises[which].addResult(result);
        promises[which].finish();
    }

    std::vector<Asked> asked;
    std::vector<QPromise<Result<QJsonValue>>> promises;
};

} // namespace dialogue
