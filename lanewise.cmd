@echo off
rem Runs Lanewise's command line: finds a JDK 25, builds when sources are newer than the jars, and
rem passes the JVM flags that the kernels want.
rem
rem   LANEWISE_JAVA_HOME   the JDK to use, before JAVA_HOME and the usual places
rem   LANEWISE_JAVA_OPTS   further JVM flags
rem   LANEWISE_CLASS_PATH  jars with networks of your own, unless --class-path names them
setlocal EnableExtensions DisableDelayedExpansion
set "LW_HOME=%~dp0"
set "LW_PROGRAM=%~0"
set "LW_LIB=%LW_HOME%model\cli\target\lib"
set "LW_JDK="

if defined LANEWISE_JAVA_HOME (
  call :try "%LANEWISE_JAVA_HOME%"
  if not defined LW_JDK (
    >&2 echo lanewise: LANEWISE_JAVA_HOME wants the folder of a JDK 25.0.3 or a later 25, got "%LANEWISE_JAVA_HOME%"
    exit /b 2
  )
)
if defined JAVA_HOME call :try "%JAVA_HOME%"
for /f "delims=" %%J in ('where java 2^>nul') do call :try "%%~dpJ.."
for /d %%D in (
  "%ProgramFiles%\Eclipse Adoptium\jdk-25*"
  "%ProgramFiles%\Java\jdk-25*"
  "%ProgramFiles%\Microsoft\jdk-25*"
  "%ProgramFiles%\Amazon Corretto\jdk25*"
  "%ProgramFiles%\Zulu\zulu-25*"
  "%ProgramFiles%\BellSoft\LibericaJDK-25*"
  "%LocalAppData%\Programs\Eclipse Adoptium\jdk-25*"
  "%UserProfile%\.jdks\*25*"
  "%UserProfile%\scoop\apps\temurin25-jdk\current*"
) do call :try "%%~D"
if not defined LW_JDK (
  >&2 echo lanewise: no JDK 25.0.3 or later 25 found; install one, for example Eclipse Temurin 25, or set LANEWISE_JAVA_HOME to its folder
  exit /b 2
)

call :needs_build
if errorlevel 1 (
  where mvn >nul 2>nul
  if errorlevel 1 (
    >&2 echo lanewise: building needs Apache Maven 3.8 or later, and there is no mvn on the PATH
    exit /b 2
  )
  >&2 echo lanewise: building, which takes a minute the first time ...
  call :build
  if errorlevel 1 (
    >&2 echo lanewise: the build failed; its messages stand above
    exit /b 2
  )
)

rem The heap grows by need, and not for the short garbage of the first steps: see lanewise.
"%LW_JDK%\bin\java.exe" --add-modules jdk.incubator.vector,ALL-MODULE-PATH -XX:+UseG1GC -XX:G1HeapRegionSize=4m -XX:MaxRAMPercentage=75 -Xmn32m -XX:MinHeapFreeRatio=5 -XX:MaxHeapFreeRatio=15 -XX:+UnlockExperimentalVMOptions -XX:G1ExpandByPercentOfAvailable=0 --sun-misc-unsafe-memory-access=allow %LANEWISE_JAVA_OPTS% "-Dlanewise.program=%LW_PROGRAM%" --module-path "%LW_LIB%" --module dev.lanewise.cli/dev.lanewise.cli.Main %*
exit /b %ERRORLEVEL%

rem Takes the JDK in folder %1 if it is a 25, and 25.0.3 or later: before that G1 moves large
rem arrays (JDK-8377811).
:try
if defined LW_JDK exit /b 0
if not exist "%~1\bin\java.exe" exit /b 0
if not exist "%~1\release" exit /b 0
set "LW_VERSION="
for /f "usebackq tokens=2 delims==" %%V in (`findstr /b /c:"JAVA_VERSION=" "%~1\release"`) do set "LW_VERSION=%%~V"
if not defined LW_VERSION exit /b 0
set "LW_MINOR=0"
set "LW_PATCH=0"
for /f "tokens=1-3 delims=.+-" %%A in ("%LW_VERSION%") do (
  set "LW_MAJOR=%%A"
  if not "%%B"=="" set "LW_MINOR=%%B"
  if not "%%C"=="" set "LW_PATCH=%%C"
)
if not "%LW_MAJOR%"=="25" exit /b 0
if %LW_MINOR% GTR 0 goto take
if %LW_PATCH% LSS 3 exit /b 0
:take
set "LW_JDK=%~1"
exit /b 0

rem Whether there are no jars yet, or a source is newer than they are.
:needs_build
if not exist "%LW_LIB%\built" exit /b 1
powershell -NoProfile -NonInteractive -Command "$h = $env:LW_HOME; $b = (Get-Item -LiteralPath ($env:LW_LIB + '\built')).LastWriteTimeUtc; $p = @('pom.xml','runtime\pom.xml','runtime\src\main','processor\pom.xml','processor\src\main','model\pom.xml','model\onnx\pom.xml','model\onnx\src\main','model\formats\pom.xml','model\formats\src\main','model\core\pom.xml','model\core\src\main','model\cli\pom.xml','model\cli\src\main') | ForEach-Object { $h + $_ }; if (Get-ChildItem -LiteralPath $p -Recurse -File | Where-Object { $_.LastWriteTimeUtc -gt $b } | Select-Object -First 1) { exit 1 } else { exit 0 }"
exit /b %ERRORLEVEL%

:build
pushd "%LW_HOME%"
set "JAVA25_HOME=%LW_JDK%"
rem Jansi would end quiet output, too, by the code that resets colours.
set "MAVEN_OPTS=%MAVEN_OPTS% -Djansi.noreset=true"
call mvn -q -B -Dstyle.color=never -Dmaven.test.skip -Dspotless.check.skip -pl model/cli -am package 1>&2 <nul
set "LW_BUILD=%ERRORLEVEL%"
popd
exit /b %LW_BUILD%
