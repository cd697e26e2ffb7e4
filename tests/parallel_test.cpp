#include "project/parallel.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "base/once.hpp"

namespace imglint {
namespace {

using namespace std::chrono_literals;

std::vector<std::size_t> counted(std::size_t count) {
  std::vector<std::size_t> items(count);
  for (std::size_t item = 0; item < count; ++item) items[item] = item;
  return items;
}

TEST(Parallel, ResultsComeInOrderWhateverTheThreads) {
  for (const std::size_t threads : {0U, 1U, 2U, 3U, 8U}) {
    for (const std::size_t count : {0U, 1U, 2U, 63U, 1000U}) {
      std::vector<std::size_t> seen;
      for_each_in_order(
          count, threads,
          [](std::size_t item) {
            if (item % 7 == 0) std::this_thread::yield();
            return std::make_unique<std::size_t>(item);
          },
          [&](std::size_t item, std::unique_ptr<std::size_t> result) {
            EXPECT_EQ(item, *result);
            seen.push_back(*result);
            return true;
          });
      EXPECT_EQ(seen, counted(count)) << threads;
    }
  }
}

TEST(Parallel, ASlowItemHoldsTheOthersBack) {
  std::atomic<std::size_t> furthest = 0;
  std::size_t furthest_at_first = 0;
  for_each_in_order(
      10'000, 2,
      [&](std::size_t item) {
        if (item == 0) std::this_thread::sleep_for(50ms);
        if (item > furthest) furthest = item;
        return item;
      },
      [&](std::size_t item, std::size_t) {
        if (item == 0) furthest_at_first = furthest;
        return true;
      });
  EXPECT_LE(furthest_at_first, 2 * 32U);
}

TEST(Parallel, OneThreadOrOneItemStartsNoThread) {
  const auto ids = [](std::size_t count, std::size_t threads) {
    std::set<std::thread::id> result;
    for_each_in_order(
        count, threads, [](std::size_t) { return std::this_thread::get_id(); },
        [&](std::size_t, std::thread::id id) { return result.insert(id), true; });
    return result;
  };
  EXPECT_EQ(ids(100, 1), std::set{std::this_thread::get_id()});
  EXPECT_EQ(ids(1, 8), std::set{std::this_thread::get_id()});
}

TEST(Parallel, TwoThreadsReallyWorkAtTheSameTime) {
  std::atomic<int> inside = 0;
  std::atomic<bool> met = false;
  for_each_in_order(
      2, 2,
      [&](std::size_t item) {
        ++inside;
        for (int patience = 0; patience < 5000 && !met; ++patience) {
          if (inside == 2) met = true;
          std::this_thread::sleep_for(1ms);
        }
        return item;
      },
      [](std::size_t, std::size_t) { return true; });
  EXPECT_TRUE(met);
}

TEST(Parallel, TheConsumerCanStopEarly) {
  for (const std::size_t threads : {1U, 4U}) {
    std::atomic<std::size_t> worked = 0;
    std::size_t consumed = 0;
    for_each_in_order(
        100'000, threads, [&](std::size_t item) { return ++worked, item; },
        [&](std::size_t, std::size_t) { return ++consumed < 10; });
    EXPECT_EQ(consumed, 10U);
    EXPECT_LT(worked, 10 + 33 * threads);
  }
}

TEST(Once, IsDoneByTheFirstAndSeenByAll) {
  for (int round = 0; round < 50; ++round) {
    Once once;
    int done = 0;  // read without a lock: who asked for it sees it
    std::atomic<int> seen = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread)
      threads.emplace_back([&] {
        once.call([&] {
          std::this_thread::yield();
          ++done;
        });
        seen += done;
      });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(seen, 4);
  }
}

TEST(Once, WhatThrewIsNotDone) {
  Once once;
  EXPECT_THROW(once.call([] { throw std::runtime_error("no"); }), std::runtime_error);
  int done = 0;
  once.call([&] { ++done; });
  once.call([&] { ++done; });
  EXPECT_EQ(done, 1);
}

}  // namespace
}  // namespace imglint
