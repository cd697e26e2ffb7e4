// MemoryReserve: memory kept back for the way out when there is no more.
#pragma once

namespace imglint {

/// While one lives, a request for memory that cannot be met gives back the reserve and then fails, so that
/// what unwinds has some. The JSON library needs it: its destructors ask for memory, and one that fails there
/// ends the process. One at a time in the process.
class MemoryReserve {
 public:
  MemoryReserve();
  MemoryReserve(const MemoryReserve&) = delete;
  MemoryReserve& operator=(const MemoryReserve&) = delete;
  ~MemoryReserve();

  /// Takes the reserve of the living one again if it was given back. False if there is no memory for it.
  static bool renew();
};

}  // namespace imglint
