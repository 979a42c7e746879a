"""What a load balancer and an operator ask."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jobs.health import check_all


@require_safe
@login_not_required
@never_cache
def health_live(request: HttpRequest) -> HttpResponse:
    """The process answers. Nothing else is asked, so that a dead database does not restart every web process."""
    return JsonResponse({"status": "ok"})


@require_safe
@login_not_required
@never_cache
def health_ready(request: HttpRequest) -> HttpResponse:
    """200 where everything needed to make a poster is there, otherwise 503; each part with its state."""
    checks = check_all()
    is_ok = all(check.is_ok for check in checks.values())
    parts = {name: {"ok": check.is_ok, "says": check.words} for name, check in checks.items()}
    return JsonResponse({"status": "ok" if is_ok else "failing", "checks": parts}, status=200 if is_ok else 503)
